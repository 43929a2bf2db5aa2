import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { administrator } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { wireOperatorProfile } from '../../lib/http/operator-wire.ts';
import { operatorProfileAnswer } from '../../lib/http/schemas/operator-profile.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { operatorNumbered } from '../../lib/use-cases/manage-operators.ts';

const { registryTable } = readEnvironment(['registryTable']);
const operators = dynamoOperators(registryTable);

/** GET /operateurs/{id}/profil */
export const handler = endpoint({ admit: administrator, path: idPath, answer: operatorProfileAnswer, status: 200 })(async ({ path }) =>
  wireOperatorProfile(await operatorNumbered(operators, path.id)),
);
