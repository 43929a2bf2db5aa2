import { dynamoDetails } from '../../lib/adapters/dynamodb/details.ts';
import { dynamoJournal } from '../../lib/adapters/dynamodb/journal.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { reader } from '../../lib/http/access.ts';
import { pagedEndpoint } from '../../lib/http/endpoint.ts';
import { detailFilter, detailsAnswer, detailsQuery, wireDetails } from '../../lib/http/schemas/details.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { readTacheDetails } from '../../lib/use-cases/read-tache-details.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';

const { registryTable } = readEnvironment(['registryTable']);
const deps = { taches: dynamoTaches(registryTable), details: dynamoDetails(registryTable), journal: dynamoJournal(registryTable) };
const visibility = { memberships: dynamoMemberships(registryTable), roles: dynamoRoles(registryTable) };

/** GET /details_taches/{id} */
export const handler = pagedEndpoint({ path: idPath, query: detailsQuery, answer: detailsAnswer, status: 200 })(async ({ path, query, caller }) => {
  const { tache, details, next, treatments, firstVisa } = await readTacheDetails(
    deps,
    path.id,
    query.limit,
    query.cursor ?? 0,
    viewerOf(visibility, reader(caller)),
    detailFilter(query),
  );
  return { answer: wireDetails(tache, details, treatments, firstVisa), next: next?.toString() };
});
