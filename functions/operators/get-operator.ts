import { catalogueOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { operatorAnswer, wireOperator } from '../../lib/http/schemas/operator.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { found } from '../../lib/use-cases/failure.ts';

const operators = catalogueOperators();

/** GET /operateurs/{id} */
export const handler = endpoint({ path: idPath, answer: operatorAnswer, status: 200 })(async ({ path }) =>
  wireOperator(found(await operators.byId(path.id), `Aucun opérateur ne porte le numéro ${path.id}.`)),
);
