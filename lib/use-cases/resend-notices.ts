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
 * Has one's own notices of a tache sent again, under the ids that they had: webhooks whatever became of them, e-mail and SMS where they failed. Those that wait are given
 * a message too: whoever was to send it may have died.
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
  const resent: Delivery[] = [];
  for (const delivery of own.filter(({ channel, state }) => state !== 'envoye' || channel === 'webhook')) {
    const waiting: Delivery = delivery.state === 'attente' ? delivery : { ...delivery, state: 'attente', tries: 0 };
    if (waiting !== delivery) await deps.deliveries.settle(delivery, waiting);
    await deps.notices.deliver(waiting, 0);
    resent.push(waiting);
  }
  return resent;
}
