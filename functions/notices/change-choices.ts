import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoNoticeChoices } from '../../lib/adapters/dynamodb/notice-choices.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { dynamoUsers } from '../../lib/adapters/dynamodb/users.ts';
import { newWebhookSecret } from '../../lib/adapters/notices/signature.ts';
import { webhookRefusal } from '../../lib/adapters/notices/webhook-address.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { member } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { choicesAnswer, choicesBody, choicesWish, wireChoices } from '../../lib/http/schemas/notice.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { readNoticeChannels } from '../../lib/notice-channels.ts';
import { changeChoices } from '../../lib/use-cases/notice-choices.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';

const { registryTable, noticeChannels } = readEnvironment(['registryTable', 'noticeChannels']);
const channels = readNoticeChannels(noticeChannels);
const deps = {
  users: dynamoUsers(registryTable),
  choices: dynamoNoticeChoices(registryTable),
  open: { mail: channels.mailFrom !== undefined, sms: channels.sms },
  webhookRefusal: (url: string) => webhookRefusal(url, channels),
  newSecret: newWebhookSecret,
};
const visibility = { memberships: dynamoMemberships(registryTable), roles: dynamoRoles(registryTable) };

/** PUT /profiles/{id}/avis */
export const handler = endpoint({ admit: member, path: idPath, body: choicesBody, answer: choicesAnswer, status: 200 })(async ({ path, body, caller }) => {
  const holder = member(caller);
  return wireChoices(await changeChoices(deps, path.id, choicesWish(body), holder, viewerOf(visibility, holder)));
});
