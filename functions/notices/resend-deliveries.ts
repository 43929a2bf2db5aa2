import { dynamoDeliveries } from '../../lib/adapters/dynamodb/deliveries.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { noticeQueue } from '../../lib/adapters/sqs/queues.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { member } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { deliveryList, wireDelivery } from '../../lib/http/schemas/notice.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { resendDeliveries } from '../../lib/use-cases/resend-notices.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';

const { registryTable, noticeQueueUrl } = readEnvironment(['registryTable', 'noticeQueueUrl']);
const deps = { taches: dynamoTaches(registryTable), deliveries: dynamoDeliveries(registryTable), notices: noticeQueue(noticeQueueUrl) };
const visibility = { memberships: dynamoMemberships(registryTable), roles: dynamoRoles(registryTable) };

/** POST /taches/{id}/avis/renvoyer */
export const handler = endpoint({ admit: member, path: idPath, answer: deliveryList, status: 202 })(async ({ path, caller }) => {
  const holder = member(caller);
  return (await resendDeliveries(deps, path.id, holder, viewerOf(visibility, holder))).map(wireDelivery);
});
