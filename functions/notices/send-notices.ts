import { randomUUID } from 'node:crypto';
import { now } from '../../lib/adapters/clock.ts';
import { dynamoDeliveries } from '../../lib/adapters/dynamodb/deliveries.ts';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoNoticeChoices } from '../../lib/adapters/dynamodb/notice-choices.ts';
import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { dynamoUsers } from '../../lib/adapters/dynamodb/users.ts';
import { sesMail } from '../../lib/adapters/notices/mail.ts';
import { snsSms } from '../../lib/adapters/notices/sms.ts';
import { webhooks } from '../../lib/adapters/notices/webhook.ts';
import { noticeQueue, retrySoon } from '../../lib/adapters/sqs/queues.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { webhookBody } from '../../lib/http/schemas/notice.ts';
import { log } from '../../lib/log/log.ts';
import { queueEndpoint } from '../../lib/messages/queue-endpoint.ts';
import { noticeMessage } from '../../lib/messages/schemas.ts';
import { readNoticeChannels } from '../../lib/notice-channels.ts';
import { deliverNotice } from '../../lib/use-cases/deliver-notice.ts';
import { fanOutNotice } from '../../lib/use-cases/fan-out-notice.ts';

const { registryTable, noticeQueueUrl, noticeChannels } = readEnvironment(['registryTable', 'noticeQueueUrl', 'noticeChannels']);
const channels = readNoticeChannels(noticeChannels);
const deps = {
  taches: dynamoTaches(registryTable),
  operators: dynamoOperators(registryTable),
  users: dynamoUsers(registryTable),
  memberships: dynamoMemberships(registryTable),
  roles: dynamoRoles(registryTable),
  choices: dynamoNoticeChoices(registryTable),
  deliveries: dynamoDeliveries(registryTable),
  notices: noticeQueue(noticeQueueUrl),
  mail: channels.mailFrom === undefined ? undefined : sesMail(channels.mailFrom),
  sms: channels.sms ? snsSms() : undefined,
  webhooks: webhooks(channels),
  webhookBody,
  newId: randomUUID,
  now,
};

/** Queue of what is to be told: first to whom, then each notice by itself. */
export const handler = queueEndpoint({
  message: noticeMessage,
  async work(message, endsAt) {
    if (!('channel' in message)) return log('INFO', 'notice', { tache: message.tacheId, told: await fanOutNotice(deps, message) });
    const delivery = await deliverNotice(deps, message, endsAt);
    if (delivery !== undefined)
      log('INFO', 'notice sent', { tache: message.tacheId, delivery: delivery.id, channel: delivery.channel, state: delivery.state, tries: delivery.tries });
  },
  retrySoon: retrySoon(noticeQueueUrl),
});
