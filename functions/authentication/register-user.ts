import { cognitoIdentity } from '../../lib/adapters/cognito/identity.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoUsers } from '../../lib/adapters/dynamodb/users.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { credentials, tokenAnswer, wireTokens } from '../../lib/http/schemas/authentication.ts';
import { registerUser } from '../../lib/use-cases/sign-in.ts';

const { userPoolId, userPoolClientId, registryTable, selfRegisteredGroup } = readEnvironment(['userPoolId', 'userPoolClientId', 'registryTable', 'selfRegisteredGroup']);
const deps = { identity: cognitoIdentity(userPoolId, userPoolClientId), users: dynamoUsers(registryTable), memberships: dynamoMemberships(registryTable) };
const group = selfRegisteredGroup === 'aucun' ? undefined : selfRegisteredGroup;

/** POST /authentication/register/ */
export const handler = endpoint({ body: credentials, answer: tokenAnswer, status: 200 })(async ({ body }) =>
  wireTokens(await registerUser(deps, body.username, body.password, group)),
);
