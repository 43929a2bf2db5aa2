import { now } from '../../lib/adapters/clock.ts';
import { dynamoDetails } from '../../lib/adapters/dynamodb/details.ts';
import { dynamoJournal } from '../../lib/adapters/dynamodb/journal.ts';
import { dynamoSettlements } from '../../lib/adapters/dynamodb/settlements.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { noticeQueue, retrySoon } from '../../lib/adapters/sqs/queues.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { queueEndpoint } from '../../lib/messages/queue-endpoint.ts';
import { matchingMessage } from '../../lib/messages/schemas.ts';
import { completeDetails } from '../../lib/use-cases/complete-details.ts';
import { applyValidation } from '../../lib/use-cases/validate-tache.ts';

const { registryTable, ledgerTable, validationQueueUrl, noticeQueueUrl } = readEnvironment(['registryTable', 'ledgerTable', 'validationQueueUrl', 'noticeQueueUrl']);
const deps = {
  taches: dynamoTaches(registryTable),
  details: completeDetails(dynamoDetails(registryTable)),
  settlements: dynamoSettlements(ledgerTable),
  journal: dynamoJournal(registryTable),
  notices: noticeQueue(noticeQueueUrl),
  now,
};

/** Queue of validations to bring to their end. */
export const handler = queueEndpoint({
  message: matchingMessage,
  work: async ({ tacheId }) => {
    await applyValidation(deps, tacheId, () => false);
  },
  retrySoon: retrySoon(validationQueueUrl),
});
