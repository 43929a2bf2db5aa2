import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { member } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { importAnswer, transactions, wireImport } from '../../lib/http/schemas/ledger-import.ts';
import { importTransactions } from '../../lib/use-cases/import-ledger.ts';

const { ledgerTable } = readEnvironment(['ledgerTable']);
const ledger = dynamoLedger(ledgerTable);

/** POST /cinetpay/ */
export const handler = endpoint({ body: transactions, answer: importAnswer, status: 200 })(async ({ body, caller }) => {
  member(caller);
  return wireImport(await importTransactions(ledger, body));
});
