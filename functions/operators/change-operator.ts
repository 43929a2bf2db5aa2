import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { administrator } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { patchedOperator, wireOperatorProfile } from '../../lib/http/operator-wire.ts';
import { operatorPatch, operatorProfileAnswer } from '../../lib/http/schemas/operator-profile.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { changeOperator } from '../../lib/use-cases/manage-operators.ts';

const { registryTable } = readEnvironment(['registryTable']);
const deps = { operators: dynamoOperators(registryTable), taches: dynamoTaches(registryTable) };

/** PATCH /operateurs/{id} */
export const handler = endpoint({ admit: administrator, path: idPath, body: operatorPatch, answer: operatorProfileAnswer, status: 200 })(async ({ path, body }) =>
  wireOperatorProfile(await changeOperator(deps, path.id, (current) => patchedOperator(current, body))),
);
