import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { administrator } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { operatorWish, wireOperatorProfile } from '../../lib/http/operator-wire.ts';
import { operatorProfile, operatorProfileAnswer } from '../../lib/http/schemas/operator-profile.ts';
import { addOperator } from '../../lib/use-cases/manage-operators.ts';

const { registryTable } = readEnvironment(['registryTable']);
const operators = dynamoOperators(registryTable);

/** POST /operateurs/ */
export const handler = endpoint({ admit: administrator, body: operatorProfile, answer: operatorProfileAnswer, status: 201 })(async ({ body }) =>
  wireOperatorProfile(await addOperator(operators, operatorWish(body))),
);
