import { now } from '../../lib/adapters/clock.ts';
import { dynamoJournal } from '../../lib/adapters/dynamodb/journal.ts';
import { dynamoResumptions } from '../../lib/adapters/dynamodb/resumptions.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { arrivalsQueue, matchingQueue, noticeQueue, validationQueue, waitingIn } from '../../lib/adapters/sqs/queues.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { scheduledEndpoint } from '../../lib/messages/scheduled-endpoint.ts';
import { resumeStalled } from '../../lib/use-cases/resume-stalled.ts';

const { registryTable, dropsQueueUrl, matchingQueueUrl, validationQueueUrl, noticeQueueUrl } = readEnvironment([
  'registryTable',
  'dropsQueueUrl',
  'matchingQueueUrl',
  'validationQueueUrl',
  'noticeQueueUrl',
]);
const deps = {
  taches: dynamoTaches(registryTable),
  journal: dynamoJournal(registryTable),
  notices: noticeQueue(noticeQueueUrl),
  resumptions: dynamoResumptions(registryTable),
  arrivals: { ...arrivalsQueue(dropsQueueUrl), ...waitingIn(dropsQueueUrl) },
  matching: { ...matchingQueue(matchingQueueUrl), ...waitingIn(matchingQueueUrl) },
  validations: { ...validationQueue(validationQueueUrl), ...waitingIn(validationQueueUrl) },
  now,
};

/** Every five minutes: takes up again what nobody works on any more. */
export const handler = scheduledEndpoint('stalled taches', async () => {
  const { resumed, givenUp } = await resumeStalled(deps);
  return { resumed, givenUp };
});
