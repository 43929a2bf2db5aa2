import { now } from '../../lib/adapters/clock.ts';
import { dynamoDetails } from '../../lib/adapters/dynamodb/details.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoOpenItems } from '../../lib/adapters/dynamodb/open-items.ts';
import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { reader } from '../../lib/http/access.ts';
import { pagedEndpoint } from '../../lib/http/endpoint.ts';
import { openItemFilter, openItemsAnswer, openItemsQuery, wireCursor, wireOpenItem } from '../../lib/http/schemas/open-items.ts';
import { listOpenItems } from '../../lib/use-cases/list-open-items.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';

const { registryTable } = readEnvironment(['registryTable']);
const deps = { operators: dynamoOperators(registryTable), details: dynamoDetails(registryTable), openItems: dynamoOpenItems(registryTable), now };
const visibility = { memberships: dynamoMemberships(registryTable), roles: dynamoRoles(registryTable) };

/** GET /ecarts/ */
export const handler = pagedEndpoint({ query: openItemsQuery, answer: openItemsAnswer, status: 200 })(async ({ query, caller }) => {
  const { items, next } = await listOpenItems(deps, openItemFilter(query), query.limit, query.cursor, viewerOf(visibility, reader(caller)));
  return { answer: items.map(wireOpenItem), next: next && wireCursor(next) };
});
