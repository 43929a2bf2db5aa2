import { expect, it } from 'vitest';
import type { OpenPage, Overlay, PlacedOverlay } from '../../../lib/core/open-item.ts';
import type { OpenItems, Retries } from '../../../lib/ports.ts';

const PAGE: OpenPage = {
  operatorCode: 'OMCI',
  day: '2026-03-07',
  tacheId: 7,
  edition: 'e1',
  kind: 'unexplained',
  page: 0,
  rows: 3,
  owner: 'awa',
  currency: 'XOF',
  timeZone: 'Africa/Abidjan',
  openedAt: '2026-03-08T06:00:00Z',
  opened: { count: 2, amount: 1_500 },
  resolved: { count: 0, amount: 0 },
  isCounted: true,
};
const LATE: Overlay = { state: 'resolved', explanation: { how: 'late-ledger', transId: 'T1' }, at: '2026-03-09T06:00:00Z', event: 'ecarts-resolus#x#3' };
const ASIDE: Overlay = { state: 'resolved', explanation: { how: 'set-aside' }, at: '2026-03-09T06:00:00Z', event: 'mise-de-cote#1' };
const at = (position: number, overlay: Overlay, changes: Partial<PlacedOverlay> = {}): PlacedOverlay => ({
  position,
  day: PAGE.day,
  amount: 500,
  name: String(100 + position),
  overlay,
  ...changes,
});

/** What every store of open items does. */
export function openItemsContract(fresh: () => Promise<OpenItems>): void {
  it('opens a page once: what was counted of it since is not lost by opening it again', async () => {
    const store = await fresh();
    await store.open(PAGE);
    await store.write(PAGE, at(1, LATE));
    await store.count(PAGE);
    await store.open(PAGE);
    expect(await store.pages('OMCI')).toEqual([{ ...PAGE, resolved: { count: 1, amount: 500 } }]);
  });

  it('opens a page uncounted where that is asked for: somebody may have worked by hand before', async () => {
    const store = await fresh();
    await store.write(PAGE, at(1, ASIDE));
    await store.open({ ...PAGE, isCounted: false });
    expect(await store.pages('OMCI')).toMatchObject([{ isCounted: false }]);
    await store.count(PAGE);
    expect(await store.pages('OMCI')).toMatchObject([{ isCounted: true, resolved: { count: 1, amount: 500 } }]);
  });

  it('lists the pages of an operator by day, then tache, and those of one tache', async () => {
    const store = await fresh();
    for (const page of [{ ...PAGE, tacheId: 12 }, PAGE, { ...PAGE, day: '2026-03-01', tacheId: 30 }, { ...PAGE, operatorCode: 'MTNCI' }]) await store.open(page);
    expect((await store.pages('OMCI')).map(({ tacheId }) => tacheId)).toEqual([30, 7, 12]);
    expect((await store.pages('OMCI', 12)).map(({ tacheId }) => tacheId)).toEqual([12]);
  });

  it('says of a page that is being changed that it is not counted, until it is', async () => {
    const store = await fresh();
    await store.open(PAGE);
    await store.beginChange(PAGE);
    expect(await store.pages('OMCI')).toMatchObject([{ isCounted: false }]);
    await store.count(PAGE);
    expect(await store.pages('OMCI')).toMatchObject([{ isCounted: true }]);
  });

  it('makes no page by changing, counting or trying one that is not open', async () => {
    const store = await fresh();
    await store.beginChange(PAGE);
    await store.count(PAGE);
    await store.noteTry(PAGE, '2026-03-09T06:00:00Z');
    expect(await store.pages('OMCI')).toEqual([]);
  });

  it('keeps what resolved an item first; only what people did can they take back', async () => {
    const store = await fresh();
    expect(await store.write(PAGE, at(0, { state: 'proposed', proposal: { how: 'correspondent', transId: 'T9', ambiguous: false } }))).toBe(true);
    expect(await store.write(PAGE, at(0, LATE))).toBe(true);
    expect(await store.write(PAGE, at(0, ASIDE))).toBe(false);
    expect(await store.write(PAGE, at(0, { state: 'reopened' }))).toBe(false);
    expect(await store.write(PAGE, at(1, { state: 'reopened' }))).toBe(false);
    expect(await store.write(PAGE, at(1, ASIDE))).toBe(true);
    expect(await store.write(PAGE, at(1, { state: 'reopened' }))).toBe(true);
    expect(await store.overlays(PAGE)).toEqual([at(0, LATE), at(1, { state: 'reopened' })]);
  });

  it('counts of a page of details only what is of its day', async () => {
    const store = await fresh();
    await store.open(PAGE);
    await store.write(PAGE, at(0, LATE));
    await store.write(PAGE, at(2, LATE, { day: '2026-03-06', amount: 70 }));
    await store.count(PAGE);
    expect(await store.pages('OMCI')).toMatchObject([{ resolved: { count: 1, amount: 500 } }]);
  });

  it('keeps when a page was tried last', async () => {
    const store = await fresh();
    await store.open(PAGE);
    await store.noteTry(PAGE, '2026-03-09T06:00:00Z');
    expect(await store.pages('OMCI')).toMatchObject([{ triedAt: '2026-03-09T06:00:00Z' }]);
  });
}

/** What every store of retries does. */
export function retriesContract(fresh: () => Promise<Retries>): void {
  it('gives what is due of one operator, statements before days of the ledger', async () => {
    const retries = await fresh();
    await retries.ask('OMCI', { kind: 'ledger', day: '2026-03-07', at: 'a' });
    await retries.ask('OMCI', { kind: 'statement', tacheId: 12, at: 'a' });
    await retries.ask('OMCI', { kind: 'statement', tacheId: 9, at: 'a' });
    await retries.ask('MTNCI', { kind: 'statement', tacheId: 1, at: 'a' });
    expect(await retries.due('OMCI', 10)).toEqual([
      { kind: 'statement', tacheId: 9, at: 'a' },
      { kind: 'statement', tacheId: 12, at: 'a' },
      { kind: 'ledger', day: '2026-03-07', at: 'a' },
    ]);
    expect(await retries.due('OMCI', 1)).toHaveLength(1);
  });

  it('forgets what is done, but for what was asked for again meanwhile', async () => {
    const retries = await fresh();
    const first = { kind: 'ledger', day: '2026-03-07', at: 'a' } as const;
    await retries.ask('OMCI', first);
    await retries.ask('OMCI', { ...first, at: 'b' });
    await retries.done('OMCI', first);
    expect(await retries.due('OMCI', 10)).toEqual([{ ...first, at: 'b' }]);
    await retries.done('OMCI', { ...first, at: 'b' });
    await retries.done('OMCI', { ...first, at: 'b' });
    expect(await retries.due('OMCI', 10)).toEqual([]);
  });

  it('lets one worker at an operator at a time, until it is done or its time is over', async () => {
    const retries = await fresh();
    expect(await retries.lease('OMCI', 'one', '2026-03-09T06:00:00Z', '2026-03-09T06:05:00Z')).toBe(true);
    expect(await retries.lease('OMCI', 'other', '2026-03-09T06:01:00Z', '2026-03-09T06:06:00Z')).toBe(false);
    expect(await retries.lease('MTNCI', 'other', '2026-03-09T06:01:00Z', '2026-03-09T06:06:00Z')).toBe(true);
    expect(await retries.lease('OMCI', 'one', '2026-03-09T06:02:00Z', '2026-03-09T06:07:00Z')).toBe(true);
    expect(await retries.lease('OMCI', 'other', '2026-03-09T06:08:00Z', '2026-03-09T06:13:00Z')).toBe(true);
    await retries.release('OMCI', 'one');
    expect(await retries.lease('OMCI', 'one', '2026-03-09T06:09:00Z', '2026-03-09T06:14:00Z')).toBe(false);
    await retries.release('OMCI', 'other');
    expect(await retries.lease('OMCI', 'one', '2026-03-09T06:09:00Z', '2026-03-09T06:14:00Z')).toBe(true);
  });
}
