import type { Delivery, DeliveryKey, NoticeChoices } from '../../lib/core/notice.ts';
import type { Deliveries, NoticeChoicesStore } from '../../lib/ports.ts';

/** What people chose, in a map. */
export function noticeChoicesInMemory(): NoticeChoicesStore {
  const byName = new Map<string, NoticeChoices>();
  return {
    of: async (username) => byName.get(username),
    save: async (choices) => void byName.set(choices.username, choices),
    all: async () => [...byName.values()],
  };
}

/** Notices on their way, in a map. Taking one happens at once, as a conditional write does. */
export function deliveriesInMemory(): Deliveries {
  const byKey = new Map<string, { readonly delivery: Delivery; readonly takenUntil?: string }>();
  const keyOf = ({ tacheId, event, channel, username }: DeliveryKey) => JSON.stringify([tacheId, event, channel, username]);
  return {
    async announce(delivery) {
      const known = byKey.get(keyOf(delivery));
      if (known !== undefined) return known.delivery;
      byKey.set(keyOf(delivery), { delivery });
      return delivery;
    },
    ofTache: async (tacheId) => [...byKey.values()].map(({ delivery }) => delivery).filter((delivery) => delivery.tacheId === tacheId),
    async take(key, at, until) {
      const known = byKey.get(keyOf(key));
      if (known?.delivery.state !== 'attente') return 'done';
      if (known.takenUntil !== undefined && known.takenUntil > at) return 'held';
      byKey.set(keyOf(key), { ...known, takenUntil: until });
      return known.delivery;
    },
    async settle(before, after) {
      const known = byKey.get(keyOf(before))?.delivery;
      const isAsItWas = known?.state === before.state && known.tries === before.tries && known.sentAt === before.sentAt;
      if (isAsItWas) byKey.set(keyOf(before), { delivery: { ...known, ...after } });
    },
  };
}
