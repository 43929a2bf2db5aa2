import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoNoticeChoices } from '../../lib/adapters/dynamodb/notice-choices.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { dynamoUsers } from '../../lib/adapters/dynamodb/users.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { member } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { choicesAnswer, wireChoices } from '../../lib/http/schemas/notice.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { readNoticeChannels } from '../../lib/notice-channels.ts';
import { readChoices } from '../../lib/use-cases/notice-choices.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';

const { registryTable, noticeChannels } = readEnvironment(['registryTable', 'noticeChannels']);
const channels = readNoticeChannels(noticeChannels);
const deps = {
  users: dynamoUsers(registryTable),
  choices: dynamoNoticeChoices(registryTable),
  open: { mail: channels.mailFrom !== undefined, sms: channels.sms },
};
const visibility = { memberships: dynamoMemberships(registryTable), roles: dynamoRoles(registryTable) };

/** GET /profiles/{id}/avis */
export const handler = endpoint({ admit: member, path: idPath, answer: choicesAnswer, status: 200 })(async ({ path, caller }) => {
  const holder = member(caller);
  return wireChoices(await readChoices(deps, path.id, holder, viewerOf(visibility, holder)));
});
