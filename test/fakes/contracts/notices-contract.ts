import { expect, it } from 'vitest';
import type { Delivery, NoticeChoices } from '../../../lib/core/notice.ts';
import type { Deliveries, NoticeChoicesStore } from '../../../lib/ports.ts';

const AWA: NoticeChoices = { username: 'awa', mail: { address: 'awa@example.com', states: ['ATTENTE'], scope: 'mesTaches' }, sms: { states: ['ECHEC'], scope: 'toutes' } };
const BINTA: NoticeChoices = { username: 'binta', webhook: { url: 'https://exemple.com/', secret: 'avis_x', states: ['TERMINEE'], scope: 'toutes' } };
const AT = '2026-03-08T06:00:00.000000Z';
const LATER = '2026-03-08T06:00:40.000000Z';
const delivery = (changes: Partial<Delivery> = {}): Delivery => ({
  tacheId: 1,
  event: 'resultat',
  channel: 'webhook',
  username: 'awa',
  id: 'l1',
  state: 'attente',
  tries: 0,
  createdAt: AT,
  ...changes,
});

/** What every store of choices does. */
export function choicesContract(make: () => Promise<NoticeChoicesStore>): void {
  it('gives back what each chose, one by one and together', async () => {
    const store = await make();
    for (const choices of [AWA, BINTA]) await store.save(choices);
    expect([await store.of('awa'), await store.of('chloe')]).toEqual([AWA, undefined]);
    expect((await store.all()).toSorted((one, other) => (one.username < other.username ? -1 : 1))).toEqual([AWA, BINTA]);
  });

  it('forgets what was given up', async () => {
    const store = await make();
    await store.save(AWA);
    await store.save({ username: 'awa' });
    expect(await store.all()).toEqual([{ username: 'awa' }]);
  });
}

/** What every store of deliveries does. */
export function deliveriesContract(make: () => Promise<Deliveries>): void {
  it('keep the first of what is announced twice', async () => {
    const store = await make();
    expect(await store.announce(delivery())).toEqual(delivery());
    expect(await store.announce(delivery({ id: 'l2', createdAt: LATER }))).toEqual(delivery());
    await store.announce(delivery({ id: 'l3', channel: 'sms' }));
    await store.announce(delivery({ id: 'l4', tacheId: 2 }));
    expect((await store.ofTache(1)).map(({ id }) => id).toSorted()).toEqual(['l1', 'l3']);
  });

  it('are taken by one at a time, until it lets go or its time is over', async () => {
    const store = await make();
    await store.announce(delivery());
    const both = await Promise.all([store.take(delivery(), AT, LATER), store.take(delivery(), AT, LATER)]);
    expect(both.filter((one) => one === 'held')).toHaveLength(1);
    expect(await store.take(delivery(), LATER, '2026-03-08T06:01:20.000000Z')).toEqual(delivery());
    await store.settle(delivery(), delivery({ tries: 1, reason: 'réponse 500' }));
    expect(await store.take(delivery(), LATER, '2026-03-08T06:01:20.000000Z')).toEqual(delivery({ tries: 1, reason: 'réponse 500' }));
  });

  it('are taken no more once they are sent or given up, and again once they are to be sent anew', async () => {
    const store = await make();
    expect(await store.take(delivery(), AT, LATER)).toBe('done');
    await store.announce(delivery());
    const sent = delivery({ state: 'envoye', sentAt: AT });
    const failed = delivery({ state: 'echoue', sentAt: AT });
    await store.settle(delivery(), sent);
    expect(await store.take(delivery(), LATER, LATER)).toBe('done');
    await store.settle(sent, failed);
    expect(await store.take(delivery(), LATER, LATER)).toBe('done');
    await store.settle(failed, delivery({ state: 'attente' }));
    expect(await store.take(delivery(), LATER, LATER)).toMatchObject({ id: 'l1', state: 'attente' });
  });

  it('are left alone by whoever knew them as they are no more: a demand to send again that arrives after the sending', async () => {
    const store = await make();
    await store.announce(delivery());
    const sent = delivery({ state: 'envoye', sentAt: AT });
    const again = delivery({ state: 'attente' });
    await store.settle(delivery(), sent);
    await store.settle(sent, again);
    const [waiting = again] = await store.ofTache(1);
    expect(waiting).toMatchObject({ state: 'attente', sentAt: AT });
    await store.settle(waiting, { ...waiting, state: 'envoye', sentAt: LATER });
    await store.settle(sent, again);
    await store.settle(delivery(), delivery({ tries: 1, reason: 'réponse 500' }));
    expect(await store.ofTache(1)).toEqual([delivery({ state: 'envoye', sentAt: LATER })]);
  });
}
