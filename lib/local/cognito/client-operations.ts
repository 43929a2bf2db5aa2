import { randomInt } from 'node:crypto';
import * as z from 'zod';
import { type AppClient, ClientConfiguration, rotates } from './app-client.ts';
import { checkConfiguration } from './client-rules.ts';
import { invalidParameter } from './cognito-error.ts';
import { clientInPool, type Directory, poolOf } from './directory.ts';
import { ClientId, type Operation, operation, PoolId, timestamp } from './operation.ts';
import { afterToken, LARGEST_PAGE, pageOf } from './paging.ts';

const Create = ClientConfiguration.extend({ UserPoolId: PoolId, GenerateSecret: z.boolean().optional(), ClientSecret: z.string().min(24).max(64).optional() });

const create = operation('CreateUserPoolClient', Create, (directory, { UserPoolId, GenerateSecret, ClientSecret, ...configuration }) => {
  if (GenerateSecret === true && ClientSecret !== undefined) throw invalidParameter('You cannot specify both GenerateSecret as true and provide a ClientSecret value.');
  const now = directory.now().getTime();
  const secret = ClientSecret ?? (GenerateSecret === true ? randomText(52) : undefined);
  const client: AppClient = { poolId: UserPoolId, id: randomText(26), ...(secret === undefined ? {} : { secret }), configuration, created: now, modified: now };
  keepClient(directory, client);
  return { UserPoolClient: described(client) };
});

const describe = operation('DescribeUserPoolClient', z.strictObject({ UserPoolId: PoolId, ClientId }), (directory, input) => ({
  UserPoolClient: described(clientInPool(directory, input.UserPoolId, input.ClientId)),
}));

/** Settings that are not given go back to their defaults, as in Cognito; only the name stays. */
const Update = ClientConfiguration.extend({ UserPoolId: PoolId, ClientId, ClientName: ClientConfiguration.shape.ClientName.optional() });

const update = operation('UpdateUserPoolClient', Update, (directory, { UserPoolId, ClientId: clientId, ClientName, ...settings }) => {
  const client = clientInPool(directory, UserPoolId, clientId);
  const configuration = { ...settings, ClientName: ClientName ?? client.configuration.ClientName };
  const updated = { ...client, configuration, modified: directory.now().getTime() };
  keepClient(directory, updated);
  return { UserPoolClient: described(updated) };
});

const remove = operation('DeleteUserPoolClient', z.strictObject({ UserPoolId: PoolId, ClientId }), (directory, input) => {
  const client = clientInPool(directory, input.UserPoolId, input.ClientId);
  directory.clients.remove(client.poolId, client.id);
  return {};
});

const List = z.strictObject({ UserPoolId: PoolId, MaxResults: z.int().min(1).max(LARGEST_PAGE).optional(), NextToken: z.string().min(1).optional() });

const list = operation('ListUserPoolClients', List, (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  const { documents, next } = pageOf(directory.clients.all(pool.id, afterToken(input.NextToken)), input.MaxResults ?? LARGEST_PAGE);
  return { UserPoolClients: documents.map(({ id, configuration }) => ({ ClientId: id, UserPoolId: pool.id, ClientName: configuration.ClientName })), NextToken: next };
});

/** Keeps a client whose settings Cognito would take. @throws CognitoError */
export function keepClient(directory: Directory, client: AppClient): void {
  const pool = poolOf(directory, client.poolId);
  checkConfiguration(pool, client.configuration, client.secret !== undefined);
  directory.clients.put(pool.id, client.id, client);
}

/** Lower-case letters and digits, as the ids and secrets of clients are. */
export function randomText(length: number): string {
  return Array.from({ length }, () => randomInt(36).toString(36)).join('');
}

function described({ poolId, id, secret, configuration, created, modified }: AppClient): object {
  return {
    UserPoolId: poolId,
    ClientId: id,
    ClientSecret: secret,
    CreationDate: timestamp(created),
    LastModifiedDate: timestamp(modified),
    RefreshTokenValidity: 30,
    TokenValidityUnits: {},
    AllowedOAuthFlowsUserPoolClient: false,
    EnableTokenRevocation: true,
    EnablePropagateAdditionalUserContextData: false,
    AuthSessionValidity: 3,
    ...(rotates({ configuration }) ? {} : { ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'] }),
    ...configuration,
  };
}

export const CLIENT_OPERATIONS: readonly Operation[] = [create, describe, update, remove, list];
