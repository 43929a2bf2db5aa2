import { now, pause } from '../../lib/adapters/clock.ts';
import { dynamoClaims } from '../../lib/adapters/dynamodb/claims.ts';
import { dynamoJournal } from '../../lib/adapters/dynamodb/journal.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { s3Objects } from '../../lib/adapters/s3/objects.ts';
import { matchingQueue } from '../../lib/adapters/sqs/queues.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { member } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { acknowledgement, statementSubmission, wireAcknowledgement } from '../../lib/http/schemas/submission.ts';
import { submitStatement } from '../../lib/use-cases/submit-statement.ts';

const { registryTable, bucket, matchingQueueUrl } = readEnvironment(['registryTable', 'bucket', 'matchingQueueUrl']);
const deps = {
  operators: dynamoOperators(registryTable),
  taches: dynamoTaches(registryTable),
  claims: dynamoClaims(registryTable),
  journal: dynamoJournal(registryTable),
  objects: s3Objects(bucket),
  matching: matchingQueue(matchingQueueUrl),
  now,
  pause,
};
const memberships = dynamoMemberships(registryTable);

/** POST /reconciliation/ */
export const handler = endpoint({ body: statementSubmission, answer: acknowledgement, status: 200 })(async ({ body, caller }) => {
  const { username, groups } = member(caller);
  await memberships.remember(username, groups);
  return wireAcknowledgement(await submitStatement(deps, body, username));
});
