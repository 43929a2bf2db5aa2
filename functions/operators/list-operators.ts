import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { operatorList, operatorsQuery, wireOperator } from '../../lib/http/schemas/operator.ts';

const { registryTable } = readEnvironment(['registryTable']);
const operators = dynamoOperators(registryTable);

/** GET /operateurs/ */
export const handler = endpoint({ query: operatorsQuery, answer: operatorList, status: 200 })(async ({ query }) => {
  const known = await operators.list();
  return known.filter(({ closed }) => closed !== true || query.fermes === '1').map(wireOperator);
});
