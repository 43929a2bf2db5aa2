import { cognitoIdentity } from '../../lib/adapters/cognito/identity.ts';
import { dynamoApplications } from '../../lib/adapters/dynamodb/applications.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoRevocations } from '../../lib/adapters/dynamodb/revocations.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { dynamoUsers } from '../../lib/adapters/dynamodb/users.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { tokenBody } from '../../lib/http/schemas/authentication.ts';
import { userAnswer, wireUser } from '../../lib/http/schemas/profile.ts';
import { describeHolder } from '../../lib/use-cases/sign-in.ts';

const { userPoolId, userPoolClientId, registryTable } = readEnvironment(['userPoolId', 'userPoolClientId', 'registryTable']);
const deps = {
  identity: cognitoIdentity(userPoolId, userPoolClientId),
  revocations: dynamoRevocations(registryTable),
  applications: dynamoApplications(registryTable),
  users: dynamoUsers(registryTable),
  memberships: dynamoMemberships(registryTable),
  roles: dynamoRoles(registryTable),
};

/** POST /get_user/ */
export const handler = endpoint({ body: tokenBody, answer: userAnswer, status: 200 })(async ({ body }) => wireUser(await describeHolder(deps, body.token)));
