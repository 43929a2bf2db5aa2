import { CHANNELS, choiceOf, type Notice, type NoticeChoices, type NoticedTache, type NoticeScope, tacheAtEvent } from '../core/notice.ts';
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

/** People who are looked at together. */
const AT_ONCE = 20;

/**
 * Has everybody told who chose to be, and may see the tache now. Told again it sends nothing anew: whoever was told has a delivery that says so.
 * @returns how many are to be told
 */
export async function fanOutNotice(deps: FanOutDependencies, notice: Notice): Promise<number> {
  const found = await deps.taches.get(notice.tacheId);
  const tache = found && tacheAtEvent(found, notice.event);
  if (tache === undefined) return 0;
  const all = await deps.choices.all();
  const visibility = readOnce(deps);
  let told = 0;
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const counts = await Promise.all(all.slice(from, from + AT_ONCE).map((choices) => tell(deps, visibility, notice, tache, choices)));
    told += counts.reduce((sum, count) => sum + count, 0);
  }
  return told;
}

/** @returns by how many channels */
async function tell(deps: FanOutDependencies, visibility: VisibilityDependencies, notice: Notice, tache: NoticedTache, choices: NoticeChoices): Promise<number> {
  let told = 0;
  for (const channel of CHANNELS) {
    const choice = choiceOf(choices, channel);
    if (choice === undefined || !choice.states.includes(tache.state) || !(await mayBeTold(visibility, choices.username, tache.owner, choice.scope))) continue;
    const key = { ...notice, channel, username: choices.username };
    const delivery = await deps.deliveries.announce({ ...key, id: deps.newId(), state: 'attente', tries: 0, createdAt: deps.now() });
    if (delivery.state === 'attente') await deps.notices.deliver(key, 0);
    told += 1;
  }
  return told;
}

/** Whoever has left our groups is told nothing, of their own work neither. */
async function mayBeTold(visibility: VisibilityDependencies, username: string, owner: string, scope: NoticeScope): Promise<boolean> {
  const groups = (await visibility.memberships.of(username))?.groups ?? [];
  if (roleOfGroups(groups) === undefined) return false;
  return username === owner || (scope === 'toutes' && viewerOf(visibility, { username, groups }).mayRead(owner));
}

/** Everybody is judged by the same roles, and each is looked up once. */
function readOnce({ roles, memberships }: VisibilityDependencies): VisibilityDependencies {
  let list: ReturnType<typeof roles.list> | undefined;
  const known = new Map<string, ReturnType<typeof memberships.of>>();
  return {
    roles: {
      ...roles,
      list: () => {
        list ??= roles.list();
        return list;
      },
    },
    memberships: {
      ...memberships,
      of: (username) => {
        const membership = known.get(username) ?? memberships.of(username);
        known.set(username, membership);
        return membership;
      },
    },
  };
}
