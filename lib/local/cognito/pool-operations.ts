import * as z from 'zod';
import { invalidParameter, resourceNotFound } from './cognito-error.ts';
import { poolOf } from './directory.ts';
import { type Operation, operation, PoolId, timestamp } from './operation.ts';
import type { Pool, ResourceServer } from './pool.ts';

const describePool = operation('DescribeUserPool', z.strictObject({ UserPoolId: PoolId }), (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  const { passwordPolicy: policy } = pool;
  return {
    UserPool: {
      Id: pool.id,
      Name: pool.name,
      Arn: `arn:aws:cognito-idp:${directory.region}:000000000000:userpool/${pool.id}`,
      Policies: {
        PasswordPolicy: {
          MinimumLength: policy.minimumLength,
          RequireLowercase: policy.requireLowercase,
          RequireUppercase: policy.requireUppercase,
          RequireNumbers: policy.requireNumbers,
          RequireSymbols: policy.requireSymbols,
        },
      },
      UsernameConfiguration: { CaseSensitive: pool.caseSensitive },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: !pool.selfSignUp },
      MfaConfiguration: 'OFF',
      EstimatedNumberOfUsers: directory.users.all(pool.id).length,
      CreationDate: timestamp(pool.created),
      LastModifiedDate: timestamp(pool.created),
    },
  };
});

const Identifier = z.string().min(1).max(256);
const Scope = z.strictObject({ ScopeName: z.string().regex(/^[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]{1,256}$/), ScopeDescription: z.string().min(1).max(256) });
const CreateServer = z.strictObject({ UserPoolId: PoolId, Identifier, Name: z.string().min(1).max(256), Scopes: z.array(Scope).max(100).default([]) });

const createServer = operation('CreateResourceServer', CreateServer, (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  if (pool.resourceServers.some(({ identifier }) => identifier === input.Identifier)) throw invalidParameter(`${input.Identifier} already exists in user pool ${pool.id}.`);
  const server: ResourceServer = {
    identifier: input.Identifier,
    name: input.Name,
    scopes: input.Scopes.map(({ ScopeName, ScopeDescription }) => ({ name: ScopeName, description: ScopeDescription })),
  };
  directory.pools.put(pool.id, pool.id, { ...pool, resourceServers: [...pool.resourceServers, server] });
  return { ResourceServer: described(pool, server) };
});

const describeServer = operation('DescribeResourceServer', z.strictObject({ UserPoolId: PoolId, Identifier }), (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  const server = pool.resourceServers.find(({ identifier }) => identifier === input.Identifier);
  if (server === undefined) throw resourceNotFound('Resource server does not exist.');
  return { ResourceServer: described(pool, server) };
});

function described({ id }: Pool, { identifier, name, scopes }: ResourceServer): object {
  return { UserPoolId: id, Identifier: identifier, Name: name, Scopes: scopes.map((scope) => ({ ScopeName: scope.name, ScopeDescription: scope.description })) };
}

export const POOL_OPERATIONS: readonly Operation[] = [describePool, createServer, describeServer];
