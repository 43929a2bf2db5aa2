import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { operatorAnswer, wireOperator } from '../../lib/http/schemas/operator.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { operatorNumbered } from '../../lib/use-cases/manage-operators.ts';

const { registryTable } = readEnvironment(['registryTable']);
const operators = dynamoOperators(registryTable);

/** GET /operateurs/{id} */
export const handler = endpoint({ path: idPath, answer: operatorAnswer, status: 200 })(async ({ path }) => wireOperator(await operatorNumbered(operators, path.id)));
