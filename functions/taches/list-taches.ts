import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { reader } from '../../lib/http/access.ts';
import { pagedEndpoint } from '../../lib/http/endpoint.ts';
import { tacheFilter, tacheList, tachesQuery, wireListedTache } from '../../lib/http/schemas/tache.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';

const { registryTable } = readEnvironment(['registryTable']);
const taches = dynamoTaches(registryTable);
const visibility = { memberships: dynamoMemberships(registryTable), roles: dynamoRoles(registryTable) };

/** GET /taches/ */
export const handler = pagedEndpoint({ query: tachesQuery, answer: tacheList, status: 200 })(async ({ query, caller }) => {
  const { mayRead } = viewerOf(visibility, reader(caller));
  const page = await taches.list(tacheFilter(query), query.limit, query.cursor, mayRead);
  return { answer: page.taches.map(wireListedTache), next: page.next?.toString() };
});
