import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { s3Objects } from '../../lib/adapters/s3/objects.ts';
import { retrySoon } from '../../lib/adapters/sqs/queues.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { queueEndpoint } from '../../lib/messages/queue-endpoint.ts';
import { ledgerMessage } from '../../lib/messages/schemas.ts';
import { importLedgerFile } from '../../lib/use-cases/import-ledger.ts';

const { ledgerTable, bucket, ledgerQueueUrl } = readEnvironment(['ledgerTable', 'bucket', 'ledgerQueueUrl']);
const deps = { ledger: dynamoLedger(ledgerTable), objects: s3Objects(bucket) };

/** Queue of ledger files to import. */
export const handler = queueEndpoint({
  message: ledgerMessage,
  work: async (object) => {
    await importLedgerFile(deps, object);
  },
  retrySoon: retrySoon(ledgerQueueUrl),
});
