import { now } from '../../lib/adapters/clock.ts';
import { dynamoDetails } from '../../lib/adapters/dynamodb/details.ts';
import { dynamoJournal } from '../../lib/adapters/dynamodb/journal.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { dynamoRetries } from '../../lib/adapters/dynamodb/retries.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { s3Objects } from '../../lib/adapters/s3/objects.ts';
import { noticeQueue, retryQueue, retrySoon } from '../../lib/adapters/sqs/queues.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { BUSINESS_LINES } from '../../lib/log/business-lines.ts';
import { log } from '../../lib/log/log.ts';
import { queueEndpoint } from '../../lib/messages/queue-endpoint.ts';
import { matchingMessage } from '../../lib/messages/schemas.ts';
import { TRIES } from '../../lib/messages/tries.ts';
import { carryForward } from '../../lib/use-cases/carry-forward.ts';
import { abandonTache, matchStatement } from '../../lib/use-cases/match-statement.ts';

const { registryTable, ledgerTable, bucket, matchingQueueUrl, noticeQueueUrl, retryQueueUrl, detailDays } = readEnvironment([
  'registryTable',
  'ledgerTable',
  'bucket',
  'matchingQueueUrl',
  'noticeQueueUrl',
  'retryQueueUrl',
  'detailDays',
]);
const deps = {
  operators: dynamoOperators(registryTable),
  taches: dynamoTaches(registryTable),
  details: dynamoDetails(registryTable, { days: Number(detailDays), now }),
  journal: dynamoJournal(registryTable),
  notices: noticeQueue(noticeQueueUrl),
  ledger: dynamoLedger(ledgerTable),
  objects: s3Objects(bucket),
  retries: dynamoRetries(registryTable),
  retryQueue: retryQueue(retryQueueUrl),
  now,
};

/** Queue of statements to match. */
export const handler = queueEndpoint({
  message: matchingMessage,
  async work({ tacheId }) {
    const figures = await matchStatement(deps, tacheId);
    if (figures !== undefined) log('INFO', BUSINESS_LINES.matched, figures);
    await carryForward(deps, tacheId);
  },
  tries: TRIES.matching,
  onLastFailure: ({ tacheId }) => abandonTache(deps, tacheId),
  retrySoon: retrySoon(matchingQueueUrl),
});
