import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { dynamoUsers } from '../../lib/adapters/dynamodb/users.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { reader } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { profileAnswer, wireProfile } from '../../lib/http/schemas/profile.ts';
import { readProfile } from '../../lib/use-cases/manage-profiles.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';

const { registryTable } = readEnvironment(['registryTable']);
const users = dynamoUsers(registryTable);
const visibility = { memberships: dynamoMemberships(registryTable), roles: dynamoRoles(registryTable) };

/** GET /profiles/{id} */
export const handler = endpoint({ path: idPath, answer: profileAnswer, status: 200 })(async ({ path, caller }) =>
  wireProfile(await readProfile(users, path.id, viewerOf(visibility, reader(caller)))),
);
