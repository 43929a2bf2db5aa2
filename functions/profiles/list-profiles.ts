import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { dynamoUsers } from '../../lib/adapters/dynamodb/users.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { reader } from '../../lib/http/access.ts';
import { pagedEndpoint } from '../../lib/http/endpoint.ts';
import { profileList, profilesQuery, wireProfile } from '../../lib/http/schemas/profile.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';

const { registryTable } = readEnvironment(['registryTable']);
const users = dynamoUsers(registryTable);
const visibility = { memberships: dynamoMemberships(registryTable), roles: dynamoRoles(registryTable) };

/** GET /profiles/ */
export const handler = pagedEndpoint({ query: profilesQuery, answer: profileList, status: 200 })(async ({ query, caller }) => {
  const { mayRead } = viewerOf(visibility, reader(caller));
  const { profiles, next } = await users.profiles(query.limit, query.cursor, mayRead);
  return { answer: profiles.map(wireProfile), next: next?.toString() };
});
