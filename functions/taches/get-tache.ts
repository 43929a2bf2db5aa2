import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { reader } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { singleTache, wireTache } from '../../lib/http/schemas/tache.ts';
import { found } from '../../lib/use-cases/failure.ts';

const { registryTable } = readEnvironment(['registryTable']);
const taches = dynamoTaches(registryTable);

/** GET /taches/{id} */
export const handler = endpoint({ path: idPath, answer: singleTache, status: 200 })(async ({ path, caller }) => {
  reader(caller);
  return wireTache(found(await taches.get(path.id), `Aucune tâche ne porte le numéro ${path.id}.`));
});
