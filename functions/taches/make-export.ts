import { now } from '../../lib/adapters/clock.ts';
import { dynamoJournal } from '../../lib/adapters/dynamodb/journal.ts';
import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { s3Exports } from '../../lib/adapters/s3/exports.ts';
import { s3Objects } from '../../lib/adapters/s3/objects.ts';
import { retrySoon } from '../../lib/adapters/sqs/queues.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { queueEndpoint } from '../../lib/messages/queue-endpoint.ts';
import { exportMessage } from '../../lib/messages/schemas.ts';
import { makeOrderedExport } from '../../lib/use-cases/make-export.ts';

const { registryTable, bucket, exportQueueUrl } = readEnvironment(['registryTable', 'bucket', 'exportQueueUrl']);
const deps = {
  taches: dynamoTaches(registryTable),
  operators: dynamoOperators(registryTable),
  journal: dynamoJournal(registryTable),
  objects: s3Objects(bucket),
  exports: s3Exports(bucket),
  now,
};

/** Queue of exports to make. */
export const handler = queueEndpoint({ message: exportMessage, work: (order) => makeOrderedExport(deps, order), retrySoon: retrySoon(exportQueueUrl) });
