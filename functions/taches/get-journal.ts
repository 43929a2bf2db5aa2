import { dynamoJournal } from '../../lib/adapters/dynamodb/journal.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { reader } from '../../lib/http/access.ts';
import { pagedEndpoint } from '../../lib/http/endpoint.ts';
import { journalAnswer, journalQuery, wireEntry } from '../../lib/http/schemas/journal.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { readJournal } from '../../lib/use-cases/read-journal.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';

const { registryTable } = readEnvironment(['registryTable']);
const deps = { taches: dynamoTaches(registryTable), journal: dynamoJournal(registryTable) };
const visibility = { memberships: dynamoMemberships(registryTable), roles: dynamoRoles(registryTable) };

/** GET /taches/{id}/journal */
export const handler = pagedEndpoint({ path: idPath, query: journalQuery, answer: journalAnswer, status: 200 })(async ({ path, query, caller }) => {
  const { entries, next } = await readJournal(deps, path.id, query.limit, query.cursor ?? 0, viewerOf(visibility, reader(caller)));
  return { answer: entries.map(wireEntry), next: next?.toString() };
});
