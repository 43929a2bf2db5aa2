import { describe, expect, it } from 'vitest';
import type { Tache } from '../../lib/core/tache.ts';
import { measureWorkload } from '../../lib/use-cases/measure-workload.ts';
import { tachesInMemory } from '../fakes/taches-in-memory.ts';
import { aTache } from './a-tache.ts';

const NOW = '2026-03-31T12:00:00.000000Z';
const daysAgo = (days: number) => new Date(Date.parse(NOW) - days * 86_400_000).toISOString().replace('Z', '000Z');

async function measured(taches: readonly Partial<Tache>[]) {
  const store = tachesInMemory();
  for (const [index, changes] of taches.entries()) await store.create({ ...aTache({ id: index + 1 }), ...changes });
  return measureWorkload({ taches: store, now: () => NOW });
}

describe('the workload that is measured', () => {
  it('is that of a month, over every page', async () => {
    const many = Array.from({ length: 1_200 }, () => ({ state: 'TERMINEE', createdAt: daysAgo(20), updatedAt: daysAgo(19) }) as const);
    const found = await measured([
      { state: 'ATTENTE', createdAt: daysAgo(40), updatedAt: daysAgo(40) },
      { state: 'ATTENTE', createdAt: daysAgo(30), updatedAt: daysAgo(30) },
      ...many,
      { state: 'ENCOURS', createdAt: daysAgo(1), updatedAt: daysAgo(0) },
    ]);
    expect(found).toMatchObject({ ATTENTE: 1, TERMINEE: 1_200, ENCOURS: 1, oldestUnvalidated: 30 * 86_400, oldestUnmatched: 86_400 });
  });

  it('is nothing where there are no taches', async () => {
    expect(await measured([])).toEqual({ CREATION: 0, ENCOURS: 0, ATTENTE: 0, VALIDEE: 0, TERMINEE: 0, ECHEC: 0, oldestUnmatched: 0, oldestUnvalidated: 0 });
  });
});
