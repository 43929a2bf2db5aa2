import { cognitoIdentity } from '../../lib/adapters/cognito/identity.ts';
import { dynamoRefreshTokens } from '../../lib/adapters/dynamodb/refresh-tokens.ts';
import { dynamoRevocations } from '../../lib/adapters/dynamodb/revocations.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { messageAnswer, tokenBody } from '../../lib/http/schemas/authentication.ts';
import { revokeToken } from '../../lib/use-cases/sign-in.ts';

const { userPoolId, userPoolClientId, registryTable } = readEnvironment(['userPoolId', 'userPoolClientId', 'registryTable']);
const deps = { identity: cognitoIdentity(userPoolId, userPoolClientId), revocations: dynamoRevocations(registryTable), refreshTokens: dynamoRefreshTokens(registryTable) };

/** POST /authentication/token/revoke/ */
export const handler = endpoint({ body: tokenBody, answer: messageAnswer, status: 200 })(async ({ body }) => {
  await revokeToken(deps, body.token);
  return { message: 'token revoked' };
});
