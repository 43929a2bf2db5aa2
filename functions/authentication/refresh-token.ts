import { cognitoIdentity } from '../../lib/adapters/cognito/identity.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoRevocations } from '../../lib/adapters/dynamodb/revocations.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { refreshBody, tokenAnswer, wireTokens } from '../../lib/http/schemas/authentication.ts';
import { refreshTokens } from '../../lib/use-cases/sign-in.ts';

const { userPoolId, userPoolClientId, registryTable } = readEnvironment(['userPoolId', 'userPoolClientId', 'registryTable']);
const deps = { identity: cognitoIdentity(userPoolId, userPoolClientId), revocations: dynamoRevocations(registryTable), memberships: dynamoMemberships(registryTable) };

/** POST /authentication/token/refresh/ */
export const handler = endpoint({ body: refreshBody, answer: tokenAnswer, status: 200 })(async ({ body }) => wireTokens((await refreshTokens(deps, body.refresh_token)).tokens));
