import type { Delivery } from '../core/notice.ts';
import { ADMINISTRATORS, type Caller } from '../core/user.ts';
import type { Deliveries, NoticeQueue, Taches } from '../ports.ts';
import { readTache } from './read-tache.ts';
import type { Viewer } from './visibility.ts';

/** The notices of a tache: one's own, and everybody's for administrators; oldest first. @throws Failure 404 */
export async function listDeliveries(
  deps: { readonly taches: Taches; readonly deliveries: Deliveries },
  tacheId: number,
  caller: Caller,
  viewer: Viewer,
): Promise<readonly Delivery[]> {
  await readTache(deps.taches, tacheId, viewer);
  const all = await deps.deliveries.ofTache(tacheId);
  const seen = caller.groups.includes(ADMINISTRATORS) ? all : all.filter(({ username }) => username === caller.username);
  return seen.toSorted((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
}

/**
 * Has one's own notices of a tache sent again, under the ids that they had: webhooks whatever became of them, e-mail and SMS where they failed.
 * @returns those that are on their way now
 * @throws Failure 404
 */
export async function resendDeliveries(
  deps: { readonly taches: Taches; readonly deliveries: Deliveries; readonly notices: NoticeQueue },
  tacheId: number,
  caller: Caller,
  viewer: Viewer,
): Promise<readonly Delivery[]> {
  const own = (await listDeliveries(deps, tacheId, caller, viewer)).filter(({ username }) => username === caller.username);
  const resent = own
    .filter(({ channel, state }) => state === 'echoue' || (channel === 'webhook' && state === 'envoye'))
    .map((delivery): Delivery => ({ ...delivery, state: 'attente', tries: 0 }));
  for (const delivery of resent) {
    await deps.deliveries.settle(delivery);
    await deps.notices.deliver(delivery, 0);
  }
  return resent;
}
