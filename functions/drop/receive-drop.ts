import { now } from '../../lib/adapters/clock.ts';
import { dynamoClaims } from '../../lib/adapters/dynamodb/claims.ts';
import { dynamoHeardObjects } from '../../lib/adapters/dynamodb/heard-objects.ts';
import { dynamoJournal } from '../../lib/adapters/dynamodb/journal.ts';
import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { dynamoUploads } from '../../lib/adapters/dynamodb/uploads.ts';
import { s3Objects } from '../../lib/adapters/s3/objects.ts';
import { ledgerQueue, matchingQueue, noticeQueue, retrySoon } from '../../lib/adapters/sqs/queues.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { queueEndpoint } from '../../lib/messages/queue-endpoint.ts';
import { dropMessage } from '../../lib/messages/schemas.ts';
import { receiveDrop } from '../../lib/use-cases/receive-drop.ts';

const { registryTable, bucket, dropsQueueUrl, matchingQueueUrl, ledgerQueueUrl, noticeQueueUrl } = readEnvironment([
  'registryTable',
  'bucket',
  'dropsQueueUrl',
  'matchingQueueUrl',
  'ledgerQueueUrl',
  'noticeQueueUrl',
]);
const deps = {
  heard: dynamoHeardObjects(registryTable),
  operators: dynamoOperators(registryTable),
  taches: dynamoTaches(registryTable),
  claims: dynamoClaims(registryTable),
  journal: dynamoJournal(registryTable),
  notices: noticeQueue(noticeQueueUrl),
  uploads: dynamoUploads(registryTable),
  objects: s3Objects(bucket),
  matching: matchingQueue(matchingQueueUrl),
  ledgerImports: ledgerQueue(ledgerQueueUrl),
  now,
};

/** Queue of objects that arrived in the drop folder, as S3 tells of them. */
export const handler = queueEndpoint({
  message: dropMessage,
  work: async (objects) => {
    for (const object of objects) await receiveDrop(deps, object);
  },
  retrySoon: retrySoon(dropsQueueUrl),
});
