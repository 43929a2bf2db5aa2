import { now } from '../../lib/adapters/clock.ts';
import { dynamoExportOrders } from '../../lib/adapters/dynamodb/export-orders.ts';
import { dynamoJournal } from '../../lib/adapters/dynamodb/journal.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { s3Exports } from '../../lib/adapters/s3/exports.ts';
import { s3Objects } from '../../lib/adapters/s3/objects.ts';
import { exportQueue } from '../../lib/adapters/sqs/queues.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { reader } from '../../lib/http/access.ts';
import { checked, checkedPath, customEndpoint } from '../../lib/http/endpoint.ts';
import { answerExport } from '../../lib/http/export-answer.ts';
import { exportQuery } from '../../lib/http/schemas/export.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { requestExport } from '../../lib/use-cases/request-export.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';

const { registryTable, bucket, exportQueueUrl } = readEnvironment(['registryTable', 'bucket', 'exportQueueUrl']);
const deps = {
  taches: dynamoTaches(registryTable),
  operators: dynamoOperators(registryTable),
  journal: dynamoJournal(registryTable),
  orders: dynamoExportOrders(registryTable),
  objects: s3Objects(bucket),
  exports: s3Exports(bucket),
  queue: exportQueue(exportQueueUrl),
  now,
};
const visibility = { memberships: dynamoMemberships(registryTable), roles: dynamoRoles(registryTable) };

/** GET /taches/{id}/export */
export const handler = customEndpoint(async (request) => {
  const viewer = viewerOf(visibility, reader(request.caller));
  const { id } = checkedPath(idPath, request.pathParameters);
  const { format, redirect } = checked(exportQuery, request.query);
  return answerExport(request, await requestExport(deps, id, format, viewer), redirect === '1');
});
