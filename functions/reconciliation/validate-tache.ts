import { now, timeLimit } from '../../lib/adapters/clock.ts';
import { dynamoDetails } from '../../lib/adapters/dynamodb/details.ts';
import { dynamoJournal } from '../../lib/adapters/dynamodb/journal.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { dynamoSettlements } from '../../lib/adapters/dynamodb/settlements.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { noticeQueue, validationQueue } from '../../lib/adapters/sqs/queues.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { member } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { validationAnswer, validationBody, validationStatus, wireValidation } from '../../lib/http/schemas/validation.ts';
import { completeDetails } from '../../lib/use-cases/complete-details.ts';
import { validateTache } from '../../lib/use-cases/validate-tache.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';
import { readValidationRules } from '../../lib/validation-rules.ts';

const { registryTable, ledgerTable, validationQueueUrl, validationRules, noticeQueueUrl } = readEnvironment([
  'registryTable',
  'ledgerTable',
  'validationQueueUrl',
  'validationRules',
  'noticeQueueUrl',
]);
const deps = {
  taches: dynamoTaches(registryTable),
  details: completeDetails(dynamoDetails(registryTable)),
  settlements: dynamoSettlements(ledgerTable),
  journal: dynamoJournal(registryTable),
  notices: noticeQueue(noticeQueueUrl),
  validations: validationQueue(validationQueueUrl),
  rules: readValidationRules(validationRules),
  now,
};
const visibility = { memberships: dynamoMemberships(registryTable), roles: dynamoRoles(registryTable) };

/** Of the 29 s that the gateway waits: the rest is for a last step and the way back. */
const ANSWER_WITHIN_MS = 18_000;

/** POST and PUT /update_reconciliation/{id_tache} */
export const handler = endpoint({ admit: member, path: idPath, body: validationBody, answer: validationAnswer, status: validationStatus })(async ({ path, body, caller }) => {
  const { username } = member(caller);
  return wireValidation(await validateTache(deps, path.id, body, { username, ...viewerOf(visibility, caller) }, timeLimit(ANSWER_WITHIN_MS)));
});
