import { describe, expect, it } from 'vitest';
import { readTacheDetails } from '../../lib/use-cases/read-tache-details.ts';
import { anOutcome } from '../fakes/an-outcome.ts';
import { someDetails } from '../fakes/some-details.ts';
import { aWorld, type World } from '../fakes/world.ts';
import { aTache } from './a-tache.ts';
import { reasonOf } from './failing.ts';

const everybody = { mayRead: async () => true };

/** A finished tache with so many rows in each list. */
async function withRows(correspondents: number, unexplained: number, anomalies: number): Promise<World> {
  const world = aWorld();
  const edition = await world.details.write(1, someDetails(correspondents, unexplained, anomalies));
  const counts = { correspondents, unexplained, absent: anomalies };
  await world.taches.create(aTache({ state: 'ATTENTE', outcome: anOutcome(counts, { edition }) }));
  return world;
}

/** Reads all pages; each is a list of names of rows. */
async function pagesOf(world: World, limit: number): Promise<readonly (readonly string[])[]> {
  const pages: (readonly string[])[] = [];
  for (let from: number | undefined = 0; from !== undefined; ) {
    const page: Awaited<ReturnType<typeof readTacheDetails>> = await readTacheDetails(world, 1, limit, from, everybody);
    const { correspondents, unexplained, anomalies } = page.details;
    pages.push([
      ...correspondents.map(({ id }) => `c${id}`),
      ...unexplained.map(({ id }) => `u${id}`),
      ...anomalies.map((detail) => `a${'transaction' in detail ? detail.transaction.transId : ''}`),
    ]);
    from = page.next;
  }
  return pages;
}

describe('the exceptions of a tache', () => {
  it.each([
    [3, 4, 5],
    [0, 0, 0],
    [0, 7, 0],
    [5, 0, 0],
    [0, 0, 5],
    [1, 1, 1],
  ])('of %i, %i and %i rows come once each over pages of any size, none of them empty or too large', async (...counts) => {
    const world = await withRows(...counts);
    const total = counts[0] + counts[1] + counts[2];
    const [all = []] = await pagesOf(world, 1_000);
    expect(new Set(all).size).toBe(total);
    for (let limit = 1; limit <= total + 1; limit += 1) {
      const pages = await pagesOf(world, limit);
      expect(pages.flat(), `limit ${limit}`).toEqual(all);
      expect(
        pages.map((page) => page.length).every((size, index) => (index < pages.length - 1 ? size === limit : size <= limit)),
        `limit ${limit}`,
      ).toBe(true);
      expect(pages).toHaveLength(Math.max(1, Math.ceil(total / limit)));
    }
  });

  it('beyond the last are none, and there is no next page', async () => {
    const { details, next } = await readTacheDetails(await withRows(3, 4, 5), 1, 10, 999, everybody);
    expect([details, next]).toEqual([{ correspondents: [], unexplained: [], anomalies: [] }, undefined]);
  });

  it('are those of the figures: what another run wrote is not shown', async () => {
    const world = await withRows(1, 1, 0);
    await world.details.write(1, someDetails(50, 50, 50, 900));
    expect((await pagesOf(world, 1_000)).flat()).toEqual(['c1', 'u2']);
  });

  it.each(['CREATION', 'ENCOURS', 'ECHEC'] as const)('in %s are none yet', async (state) => {
    const world = aWorld();
    await world.taches.create(aTache({ state }));
    await world.details.write(1, someDetails(3, 3, 3));
    expect(await readTacheDetails(world, 1, 10, 0, everybody)).toMatchObject({ details: { correspondents: [], unexplained: [], anomalies: [] }, next: undefined });
  });

  it('are hidden from whoever may not see the tache, as if there were none', async () => {
    const world = await withRows(1, 1, 1);
    const hidden = await reasonOf(readTacheDetails(world, 1, 10, 0, { mayRead: async () => false }));
    expect(hidden).toMatchObject({ code: 'not-found' });
    expect(await reasonOf(readTacheDetails(world, 2, 10, 0, everybody))).toEqual({ code: 'not-found', detail: 'Aucune tâche ne porte le numéro 2.' });
  });
});
