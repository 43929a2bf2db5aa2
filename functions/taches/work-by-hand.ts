import { now } from '../../lib/adapters/clock.ts';
import { dynamoDetails } from '../../lib/adapters/dynamodb/details.ts';
import { dynamoJournal } from '../../lib/adapters/dynamodb/journal.ts';
import { dynamoLedgerLookup } from '../../lib/adapters/dynamodb/ledger-lookup.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoOpenItems } from '../../lib/adapters/dynamodb/open-items.ts';
import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { member } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { wireNotCorrespondent } from '../../lib/http/schemas/details.ts';
import { manualWork, manualWorkAnswer, manualWorkBody, rowPath } from '../../lib/http/schemas/manual-work.ts';
import { keepManualWork } from '../../lib/use-cases/keep-manual-work.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';
import { workByHand } from '../../lib/use-cases/work-by-hand.ts';

const { registryTable, ledgerTable } = readEnvironment(['registryTable', 'ledgerTable']);
const deps = {
  taches: dynamoTaches(registryTable),
  details: dynamoDetails(registryTable),
  operators: dynamoOperators(registryTable),
  openItems: dynamoOpenItems(registryTable),
  transactions: dynamoLedgerLookup(ledgerTable),
  journal: dynamoJournal(registryTable),
  now,
};
const visibility = { memberships: dynamoMemberships(registryTable), roles: dynamoRoles(registryTable) };

/** POST /taches/{id}/ecarts/{ligne} */
export const handler = endpoint({ admit: member, path: rowPath, body: manualWorkBody, answer: manualWorkAnswer, status: 200 })(async ({ path, body, caller }) => {
  const { username } = member(caller);
  const treated = await workByHand(deps, path.id, path.ligne, manualWork(body), { username, ...viewerOf(visibility, caller) });
  await keepManualWork(deps, treated);
  const { tache, detail, treatment } = treated;
  return wireNotCorrespondent(tache, detail, treatment);
});
