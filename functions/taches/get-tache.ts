import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { reader } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { singleTache, wireTache } from '../../lib/http/schemas/tache.ts';
import { readTache } from '../../lib/use-cases/read-tache.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';

const { registryTable } = readEnvironment(['registryTable']);
const taches = dynamoTaches(registryTable);
const visibility = { memberships: dynamoMemberships(registryTable), roles: dynamoRoles(registryTable) };

/** GET /taches/{id} */
export const handler = endpoint({ path: idPath, answer: singleTache, status: 200 })(async ({ path, caller }) =>
  wireTache(await readTache(taches, path.id, viewerOf(visibility, reader(caller)))),
);
