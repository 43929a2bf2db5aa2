import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import * as z from 'zod';
import { cognitoIdentity } from '../../lib/adapters/cognito/identity.ts';
import { dynamoRevocations } from '../../lib/adapters/dynamodb/revocations.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { holderOf } from '../../lib/use-cases/sign-in.ts';

const { userPoolId, userPoolClientId, registryTable } = readEnvironment(['userPoolId', 'userPoolClientId', 'registryTable']);
const deps = { identity: cognitoIdentity(userPoolId, userPoolClientId), revocations: dynamoRevocations(registryTable) };

const tokenRequest = z.object({ authorizationToken: z.string(), methodArn: z.string() });
const BEARER = /^Bearer +([A-Za-z0-9._~+/=-]+)$/iu;

/** Lets holders of an access token that is good and not revoked through. API Gateway turns this very error text into a 401. */
export async function handler(event: unknown): Promise<APIGatewayAuthorizerResult> {
  const { authorizationToken, methodArn } = tokenRequest.parse(event);
  const token = BEARER.exec(authorizationToken.trim())?.[1];
  const claims = token === undefined ? undefined : await holderOf(deps, token);
  if (claims === undefined) throw new Error('Unauthorized');
  return {
    principalId: claims.username,
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: methodArn }] },
    context: { username: claims.username, groups: claims.groups.join(',') },
  };
}
