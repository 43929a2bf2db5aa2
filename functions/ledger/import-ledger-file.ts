import { now } from '../../lib/adapters/clock.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { dynamoRetries } from '../../lib/adapters/dynamodb/retries.ts';
import { s3Objects } from '../../lib/adapters/s3/objects.ts';
import { retryQueue, retrySoon } from '../../lib/adapters/sqs/queues.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { queueEndpoint } from '../../lib/messages/queue-endpoint.ts';
import { ledgerMessage } from '../../lib/messages/schemas.ts';
import { importAndRetry } from '../../lib/use-cases/carry-forward.ts';
import { importLedgerFile } from '../../lib/use-cases/import-ledger.ts';

const { ledgerTable, registryTable, bucket, ledgerQueueUrl, retryQueueUrl } = readEnvironment(['ledgerTable', 'registryTable', 'bucket', 'ledgerQueueUrl', 'retryQueueUrl']);
const deps = {
  ledger: dynamoLedger(ledgerTable),
  objects: s3Objects(bucket),
  operators: dynamoOperators(registryTable),
  retries: dynamoRetries(registryTable),
  retryQueue: retryQueue(retryQueueUrl),
  now,
};

/** Queue of ledger files to import. */
export const handler = queueEndpoint({
  message: ledgerMessage,
  work: async (object) => {
    await importAndRetry(deps, (ledger) => importLedgerFile({ ...deps, ledger }, object));
  },
  retrySoon: retrySoon(ledgerQueueUrl),
});
