import { now } from '../../lib/adapters/clock.ts';
import { dynamoHeardObjects } from '../../lib/adapters/dynamodb/heard-objects.ts';
import { dynamoJournal } from '../../lib/adapters/dynamodb/journal.ts';
import { dynamoResumptions } from '../../lib/adapters/dynamodb/resumptions.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { s3DropFolder } from '../../lib/adapters/s3/drop-folder.ts';
import { arrivalsQueue, matchingQueue, noticeQueue, validationQueue, waitingIn } from '../../lib/adapters/sqs/queues.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { scheduledEndpoint } from '../../lib/messages/scheduled-endpoint.ts';
import { announceUnheard } from '../../lib/use-cases/announce-unheard.ts';
import { DROP_FOLDER } from '../../lib/use-cases/drop-report.ts';
import { resumeStalled } from '../../lib/use-cases/resume-stalled.ts';

const { registryTable, bucket, dropsQueueUrl, matchingQueueUrl, validationQueueUrl, noticeQueueUrl } = readEnvironment([
  'registryTable',
  'bucket',
  'dropsQueueUrl',
  'matchingQueueUrl',
  'validationQueueUrl',
  'noticeQueueUrl',
]);
const deps = {
  dropFolder: s3DropFolder(bucket, DROP_FOLDER),
  heard: dynamoHeardObjects(registryTable),
  taches: dynamoTaches(registryTable),
  journal: dynamoJournal(registryTable),
  notices: noticeQueue(noticeQueueUrl),
  resumptions: dynamoResumptions(registryTable),
  arrivals: { ...arrivalsQueue(dropsQueueUrl), ...waitingIn(dropsQueueUrl) },
  matching: { ...matchingQueue(matchingQueueUrl), ...waitingIn(matchingQueueUrl) },
  validations: { ...validationQueue(validationQueueUrl), ...waitingIn(validationQueueUrl) },
  now,
};

/** Every five minutes: takes up again what nobody works on any more, and what nobody was told of. */
export const handler = scheduledEndpoint('stalled taches', async (at) => {
  const { resumed, givenUp } = await resumeStalled(deps);
  return { resumed, givenUp, unheard: await announceUnheard(deps, at) };
});
