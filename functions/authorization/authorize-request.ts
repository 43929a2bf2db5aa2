import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import * as z from 'zod';
import { cognitoIdentity } from '../../lib/adapters/cognito/identity.ts';
import { dynamoApplications } from '../../lib/adapters/dynamodb/applications.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoRevocations } from '../../lib/adapters/dynamodb/revocations.ts';
import { mayCall } from '../../lib/core/tokens.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { holderOf } from '../../lib/use-cases/token-holder.ts';

const { userPoolId, userPoolClientId, registryTable } = readEnvironment(['userPoolId', 'userPoolClientId', 'registryTable']);
const deps = {
  identity: cognitoIdentity(userPoolId, userPoolClientId),
  revocations: dynamoRevocations(registryTable),
  applications: dynamoApplications(registryTable),
  memberships: dynamoMemberships(registryTable),
};

const tokenRequest = z.object({ authorizationToken: z.string(), methodArn: z.string() });
const BEARER = /^Bearer +([A-Za-z0-9._~+/=-]+)$/iu;

/**
 * Lets holders of an access token through that is good, not revoked, and meant for the method. API Gateway turns this very error text into a 401,
 * and a policy that denies into a 403.
 */
export async function handler(event: unknown): Promise<APIGatewayAuthorizerResult> {
  const { authorizationToken, methodArn } = tokenRequest.parse(event);
  const token = BEARER.exec(authorizationToken.trim())?.[1];
  const holder = token === undefined ? undefined : await holderOf(deps, token);
  if (holder === undefined) throw new Error('Unauthorized');
  const effect = mayCall(holder, methodOf(methodArn)) ? 'Allow' : 'Deny';
  return {
    principalId: holder.username,
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: methodArn }] },
    context: { username: holder.username, groups: holder.groups.join(',') },
  };
}

/** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>` */
function methodOf(methodArn: string): string {
  return methodArn.split('/')[2] ?? '';
}
