import { now } from '../../lib/adapters/clock.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { dynamoRetries } from '../../lib/adapters/dynamodb/retries.ts';
import { retryQueue } from '../../lib/adapters/sqs/queues.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { member } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { importAnswer, transactions, wireImport } from '../../lib/http/schemas/ledger-import.ts';
import { importAndRetry } from '../../lib/use-cases/carry-forward.ts';
import { importTransactions } from '../../lib/use-cases/import-ledger.ts';

const { ledgerTable, registryTable, retryQueueUrl } = readEnvironment(['ledgerTable', 'registryTable', 'retryQueueUrl']);
const deps = {
  ledger: dynamoLedger(ledgerTable),
  operators: dynamoOperators(registryTable),
  retries: dynamoRetries(registryTable),
  retryQueue: retryQueue(retryQueueUrl),
  now,
};

/** POST /cinetpay/ */
export const handler = endpoint({ body: transactions, answer: importAnswer, status: 200 })(async ({ body, caller }) => {
  member(caller);
  return wireImport(await importAndRetry(deps, (ledger) => importTransactions(ledger, body)));
});
