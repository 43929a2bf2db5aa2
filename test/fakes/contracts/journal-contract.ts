import { expect, it } from 'vitest';
import type { JournalEntry } from '../../../lib/core/journal.ts';
import type { Journal } from '../../../lib/ports.ts';

const entry = (number: number, changes: Partial<JournalEntry> = {}): JournalEntry => ({
  tacheId: 1,
  number,
  event: `e${number}`,
  at: '2026-03-08T06:00:00.000000Z',
  by: 'awa',
  action: 'commentaire',
  reason: `raison ${number}`,
  data: { montant: '5000', ids: [1, 2], limite: true, rien: null, dedans: { nombre: -1 } },
  previous: number === 1 ? '' : `h${number - 1}`,
  hash: `h${number}`,
  ...changes,
});

/** What every journal does. */
export function journalContract(make: () => Promise<Journal>): void {
  it('gives its entries back as they were written, oldest first, each journal its own', async () => {
    const journal = await make();
    for (const number of [1, 2, 3]) expect(await journal.add(entry(number))).toBe(true);
    await journal.add(entry(1, { tacheId: 2 }));
    expect(await journal.entries(1)).toEqual([entry(1), entry(2), entry(3)]);
    expect(await journal.entries(2)).toEqual([entry(1, { tacheId: 2 })]);
    expect(await journal.entries(3)).toEqual([]);
  });

  it('gives a part of them', async () => {
    const journal = await make();
    for (let number = 1; number <= 12; number += 1) await journal.add(entry(number));
    expect((await journal.entries(1, 2, 3)).map(({ number }) => number)).toEqual([3, 4, 5]);
    expect((await journal.entries(1, 10)).map(({ number }) => number)).toEqual([11, 12]);
    expect(await journal.entries(1, 12, 5)).toEqual([]);
  });

  it('never takes an entry in the place of another', async () => {
    const journal = await make();
    await journal.add(entry(1));
    expect(await journal.add(entry(1, { reason: 'autre' }))).toBe(false);
    expect(await journal.entries(1)).toEqual([entry(1)]);
  });

  it('of two who write the same number at once takes one', async () => {
    const journal = await make();
    const taken = await Promise.all(['un', 'deux', 'trois'].map((reason) => journal.add(entry(1, { reason }))));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await journal.entries(1)).toHaveLength(1);
  });
}
