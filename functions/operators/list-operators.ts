import * as z from 'zod';
import { catalogueOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { operatorAnswer, wireOperator } from '../../lib/http/schemas/operator.ts';

const operators = catalogueOperators();

/** GET /operateurs/ */
export const handler = endpoint({ answer: z.array(operatorAnswer), status: 200 })(async () => (await operators.list()).map(wireOperator));
