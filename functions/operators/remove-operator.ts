import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { administrator } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { wireRemoval } from '../../lib/http/operator-wire.ts';
import { operatorRemoval } from '../../lib/http/schemas/operator-profile.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { removeOperator } from '../../lib/use-cases/manage-operators.ts';

const { registryTable } = readEnvironment(['registryTable']);
const deps = { operators: dynamoOperators(registryTable), taches: dynamoTaches(registryTable) };

/** DELETE /operateurs/{id} */
export const handler = endpoint({ admit: administrator, path: idPath, answer: operatorRemoval, status: 200 })(async ({ path }) => wireRemoval(await removeOperator(deps, path.id)));
