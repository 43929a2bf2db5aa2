import { now } from '../../lib/adapters/clock.ts';
import { cognitoAccounts } from '../../lib/adapters/cognito/accounts.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { dynamoUsers } from '../../lib/adapters/dynamodb/users.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { member } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { changedProfile, profileChange, profileWish, wireChangedProfile } from '../../lib/http/schemas/profile.ts';
import { changeProfile } from '../../lib/use-cases/manage-profiles.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';

const { registryTable, userPoolId } = readEnvironment(['registryTable', 'userPoolId']);
const deps = {
  users: dynamoUsers(registryTable),
  accounts: cognitoAccounts(userPoolId),
  memberships: dynamoMemberships(registryTable),
  roles: dynamoRoles(registryTable),
  now,
};

/** PUT and PATCH /profiles/{id} */
export const handler = endpoint({ admit: member, path: idPath, body: profileChange, answer: changedProfile, status: 200 })(async ({ path, body, caller }) => {
  const holder = member(caller);
  return wireChangedProfile(await changeProfile(deps, path.id, profileWish(body), holder, viewerOf(deps, holder)));
});
