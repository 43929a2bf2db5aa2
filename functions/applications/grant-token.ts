import { cognitoApplicationTokens } from '../../lib/adapters/cognito/application-tokens.ts';
import { cognitoIdentity } from '../../lib/adapters/cognito/identity.ts';
import { dynamoApplications } from '../../lib/adapters/dynamodb/applications.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoRefreshTokens } from '../../lib/adapters/dynamodb/refresh-tokens.ts';
import { dynamoRevocations } from '../../lib/adapters/dynamodb/revocations.ts';
import { dynamoUsers } from '../../lib/adapters/dynamodb/users.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { customEndpoint } from '../../lib/http/endpoint.ts';
import { tokenAnswer } from '../../lib/http/token-answer.ts';
import { readTokenRequest } from '../../lib/http/token-request.ts';
import { grantToken } from '../../lib/use-cases/grant-token.ts';

const { userPoolId, userPoolClientId, tokenEndpoint, registryTable } = readEnvironment(['userPoolId', 'userPoolClientId', 'tokenEndpoint', 'registryTable']);
const deps = {
  applications: dynamoApplications(registryTable),
  tokens: cognitoApplicationTokens(tokenEndpoint),
  identity: cognitoIdentity(userPoolId, userPoolClientId),
  users: dynamoUsers(registryTable),
  memberships: dynamoMemberships(registryTable),
  revocations: dynamoRevocations(registryTable),
  refreshTokens: dynamoRefreshTokens(registryTable),
};

/** POST /o/token/ */
export const handler = customEndpoint((request) =>
  tokenAnswer(async () => {
    const { client, wish } = await readTokenRequest(request);
    return grantToken(deps, client, wish);
  }),
);
