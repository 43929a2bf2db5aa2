import * as z from 'zod';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { reader } from '../../lib/http/access.ts';
import { pagedEndpoint } from '../../lib/http/endpoint.ts';
import { listedTache, tacheFilter, tachesQuery, wireListedTache } from '../../lib/http/schemas/tache.ts';

const { registryTable } = readEnvironment(['registryTable']);
const taches = dynamoTaches(registryTable);

/** GET /taches/ */
export const handler = pagedEndpoint({ query: tachesQuery, answer: z.array(listedTache), status: 200 })(async ({ query, caller }) => {
  reader(caller);
  const page = await taches.list(tacheFilter(query), query.limit, query.cursor);
  return { answer: page.taches.map(wireListedTache), next: page.next?.toString() };
});
