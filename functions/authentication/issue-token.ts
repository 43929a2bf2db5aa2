import { cognitoIdentity } from '../../lib/adapters/cognito/identity.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoUsers } from '../../lib/adapters/dynamodb/users.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { signInAnswer, signInBody, wireSignIn } from '../../lib/http/schemas/authentication.ts';
import { signIn } from '../../lib/use-cases/sign-in.ts';

const { userPoolId, userPoolClientId, registryTable } = readEnvironment(['userPoolId', 'userPoolClientId', 'registryTable']);
const deps = { identity: cognitoIdentity(userPoolId, userPoolClientId), users: dynamoUsers(registryTable), memberships: dynamoMemberships(registryTable) };

/** POST /authentication/token/ */
export const handler = endpoint({ body: signInBody, answer: signInAnswer, status: 200 })(async ({ body }) =>
  wireSignIn(await signIn(deps, body.username, body.password, body.new_password)),
);
