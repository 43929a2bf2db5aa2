import { now } from '../../lib/adapters/clock.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoOpenItems } from '../../lib/adapters/dynamodb/open-items.ts';
import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { reader } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { balanceAnswer, balanceQuery, openPageFilter, wireBalance } from '../../lib/http/schemas/open-items.ts';
import { openBalance } from '../../lib/use-cases/list-open-items.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';

const { registryTable } = readEnvironment(['registryTable']);
const deps = { operators: dynamoOperators(registryTable), openItems: dynamoOpenItems(registryTable), now };
const visibility = { memberships: dynamoMemberships(registryTable), roles: dynamoRoles(registryTable) };

/** GET /ecarts/balance/ */
export const handler = endpoint({ query: balanceQuery, answer: balanceAnswer, status: 200 })(async ({ query, caller }) =>
  (await openBalance(deps, openPageFilter(query), viewerOf(visibility, reader(caller)))).map(wireBalance),
);
