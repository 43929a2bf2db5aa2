import { now } from '../../lib/adapters/clock.ts';
import { dynamoDetails } from '../../lib/adapters/dynamodb/details.ts';
import { dynamoJournal } from '../../lib/adapters/dynamodb/journal.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOpenItems } from '../../lib/adapters/dynamodb/open-items.ts';
import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { dynamoRetries } from '../../lib/adapters/dynamodb/retries.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { s3Objects } from '../../lib/adapters/s3/objects.ts';
import { retryQueue, retrySoon } from '../../lib/adapters/sqs/queues.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { log } from '../../lib/log/log.ts';
import { queueEndpoint } from '../../lib/messages/queue-endpoint.ts';
import { retryMessage } from '../../lib/messages/schemas.ts';
import { retryOpenItems } from '../../lib/use-cases/retry-open-items.ts';

const { registryTable, ledgerTable, bucket, retryQueueUrl } = readEnvironment(['registryTable', 'ledgerTable', 'bucket', 'retryQueueUrl']);
const deps = {
  operators: dynamoOperators(registryTable),
  taches: dynamoTaches(registryTable),
  details: dynamoDetails(registryTable),
  journal: dynamoJournal(registryTable),
  openItems: dynamoOpenItems(registryTable),
  retries: dynamoRetries(registryTable),
  retryQueue: retryQueue(retryQueueUrl),
  ledger: dynamoLedger(ledgerTable),
  objects: s3Objects(bucket),
  now,
};

/** Queue of operators whose open items are to be tried again. */
export const handler = queueEndpoint({
  message: retryMessage,
  async work({ operatorCode }, endsAt) {
    const figures = await retryOpenItems(deps, operatorCode, endsAt);
    log('INFO', 'open items retried', { operator: operatorCode, ...figures });
  },
  retrySoon: retrySoon(retryQueueUrl),
});
