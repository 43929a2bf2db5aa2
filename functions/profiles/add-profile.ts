import { now } from '../../lib/adapters/clock.ts';
import { cognitoAccounts } from '../../lib/adapters/cognito/accounts.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { dynamoUsers } from '../../lib/adapters/dynamodb/users.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { administrator } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { changedProfile, newProfile, profileWish, wireChangedProfile } from '../../lib/http/schemas/profile.ts';
import { addProfile } from '../../lib/use-cases/manage-profiles.ts';

const { registryTable, userPoolId } = readEnvironment(['registryTable', 'userPoolId']);
const deps = {
  users: dynamoUsers(registryTable),
  accounts: cognitoAccounts(userPoolId),
  memberships: dynamoMemberships(registryTable),
  roles: dynamoRoles(registryTable),
  now,
};

/** POST /profiles/ */
export const handler = endpoint({ admit: administrator, body: newProfile, answer: changedProfile, status: 201 })(async ({ body }) =>
  wireChangedProfile(await addProfile(deps, body.username, profileWish(body))),
);
