import { CHANNELS, choiceOf, type Notice, type NoticeScope, tacheAtEvent } from '../core/notice.ts';
import { roleOfGroups } from '../core/role.ts';
import type { Clock, Deliveries, NoticeChoicesStore, NoticeQueue, Taches } from '../ports.ts';
import { type VisibilityDependencies, viewerOf } from './visibility.ts';

export interface FanOutDependencies extends VisibilityDependencies {
  readonly taches: Taches;
  readonly choices: NoticeChoicesStore;
  readonly deliveries: Deliveries;
  readonly notices: NoticeQueue;
  readonly newId: () => string;
  readonly now: Clock;
}

/**
 * Has everybody told who chose to be, and may see the tache now. Told again it sends nothing anew: whoever was told has a delivery that says so.
 * @returns how many are to be told
 */
export async function fanOutNotice(deps: FanOutDependencies, { tacheId, event }: Notice): Promise<number> {
  const found = await deps.taches.get(tacheId);
  const tache = found && tacheAtEvent(found, event);
  if (tache === undefined) return 0;
  let told = 0;
  for (const choices of await deps.choices.all()) {
    const wanted = CHANNELS.flatMap((channel) => {
      const choice = choiceOf(choices, channel);
      return choice?.states.includes(tache.state) ? [{ channel, scope: choice.scope }] : [];
    });
    for (const { channel, scope } of wanted) {
      if (!(await mayBeTold(deps, choices.username, tache.owner, scope))) continue;
      const key = { tacheId, event, channel, username: choices.username };
      const delivery = await deps.deliveries.announce({ ...key, id: deps.newId(), state: 'attente', tries: 0, createdAt: deps.now() });
      if (delivery.state === 'attente') await deps.notices.deliver(key, 0);
      told += 1;
    }
  }
  return told;
}

/** Whoever has left our groups is told nothing, of their own work neither. */
async function mayBeTold(deps: FanOutDependencies, username: string, owner: string, scope: NoticeScope): Promise<boolean> {
  const groups = (await deps.memberships.of(username))?.groups ?? [];
  if (roleOfGroups(groups) === undefined) return false;
  return username === owner || (scope === 'toutes' && viewerOf(deps, { username, groups }).mayRead(owner));
}
