import { describe, expect, it } from 'vitest';
import type { AnomalyDetail, Details } from '../../lib/core/detail.ts';
import { type DetailFilter, EXCEPTION_CLASSES, type ExceptionClass } from '../../lib/core/detail-filter.ts';
import { MOST_EXAMINED, readTacheDetails } from '../../lib/use-cases/read-tache-details.ts';
import { anOutcome } from '../fakes/an-outcome.ts';
import { aRowDetail, aTransactionDetail, someDetails } from '../fakes/some-details.ts';
import { aWorld, type World } from '../fakes/world.ts';
import { aTache } from './a-tache.ts';

const everybody = { mayRead: async () => true };

/** Two rows of each class; names say the class. */
function twoOfEach(): Details {
  const { correspondents, unexplained } = someDetails(2, 2, 0);
  const anomalies = [1, 2].map((n): readonly AnomalyDetail[] => [
    { type: 'amount-differs', row: aRowDetail(n), transaction: aTransactionDetail(n, { transId: `d${n}` }) },
    { type: 'statement-duplicate', row: aRowDetail(n, { payid: `s${n}` }) },
    { type: 'ledger-duplicate', transaction: aTransactionDetail(n, { transId: `l${n}` }) },
    { type: 'absent', transaction: aTransactionDetail(n, { transId: `a${n}` }), nearEdge: false },
  ]);
  const types = ['amount-differs', 'statement-duplicate', 'ledger-duplicate', 'absent'];
  return { correspondents, unexplained, anomalies: anomalies.flat().toSorted((one, other) => types.indexOf(one.type) - types.indexOf(other.type)) };
}

const COUNTS = { correspondents: 2, unexplained: 2, amountDiffers: 2, statementDuplicates: 2, ledgerDuplicates: 2, absent: 2 };

async function given(details: Details, counts: Partial<typeof COUNTS>): Promise<World> {
  const world = aWorld();
  const edition = await world.details.write(1, details);
  await world.taches.create(aTache({ state: 'ATTENTE', outcome: anOutcome(counts, { edition }) }));
  return world;
}

async function pagesOf(world: World, limit: number, filter: DetailFilter): Promise<readonly (readonly string[])[]> {
  const pages: (readonly string[])[] = [];
  for (let from: number | undefined = 0; from !== undefined; ) {
    const page: Awaited<ReturnType<typeof readTacheDetails>> = await readTacheDetails(world, 1, limit, from, everybody, filter);
    const { correspondents, unexplained, anomalies } = page.details;
    pages.push([...correspondents.map(() => 'correspondents'), ...unexplained.map(() => 'unexplained'), ...anomalies.map(({ type }) => type)]);
    from = page.next;
  }
  return pages;
}

const SHOWN = {
  correspondents: 'correspondents',
  unexplained: 'unexplained',
  amountDiffers: 'amount-differs',
  statementDuplicates: 'statement-duplicate',
  ledgerDuplicates: 'ledger-duplicate',
  absent: 'absent',
} as const satisfies Record<ExceptionClass, string>;

describe('the exceptions of a tache, filtered', () => {
  it('by any set of classes are exactly the rows of those classes, over pages of any size', async () => {
    const world = await given(twoOfEach(), COUNTS);
    for (let set = 0; set < 2 ** EXCEPTION_CLASSES.length; set += 1) {
      const classes = EXCEPTION_CLASSES.filter((_, index) => (set >> index) % 2 === 1);
      const expected = classes.flatMap((name) => [SHOWN[name], SHOWN[name]]);
      for (const limit of [1, 2, 3, 100]) {
        const pages = await pagesOf(world, limit, { classes });
        expect(pages.flat(), classes.join()).toEqual(expected);
        expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(limit);
      }
    }
  });

  it('by payid are found wherever they lie, and one that lies nowhere ends without a next page', async () => {
    const world = await given(twoOfEach(), COUNTS);
    expect((await pagesOf(world, 5, { payid: 's2' })).flat()).toEqual(['statement-duplicate']);
    expect(await pagesOf(world, 5, { payid: 'nowhere' })).toEqual([[]]);
    expect((await pagesOf(world, 5, { payid: 's2', classes: ['absent'] })).flat()).toEqual([]);
  });

  it('cost a bounded look an answer, and are all reached by going on', async () => {
    const rows = 2 * MOST_EXAMINED + 500;
    const details = someDetails(0, rows, 0);
    const world = await given(
      { ...details, unexplained: details.unexplained.map((detail, index) => (index % 7_000 === 6_999 ? { ...detail, row: aRowDetail(index, { payid: 'rare' }) } : detail)) },
      { unexplained: rows },
    );
    let read = 0;
    const counting: World = {
      ...world,
      details: {
        ...world.details,
        read: (id, edition, kind, from, to) => {
          read += to - from;
          return world.details.read(id, edition, kind, from, to);
        },
      },
    };
    const first = await readTacheDetails(counting, 1, 5_000, 0, everybody, { payid: 'rare' });
    expect([read, first.details.unexplained.length, first.next]).toEqual([MOST_EXAMINED, 1, MOST_EXAMINED]);
    expect(await pagesOf(world, 5_000, { payid: 'rare' })).toEqual([['unexplained'], ['unexplained'], []]);
  });

  it('that are counted but not there are a defect, not a short page', async () => {
    const world = await given(someDetails(0, 3, 0), { unexplained: 4 });
    await expect(readTacheDetails(world, 1, 10, 0, everybody)).rejects.toThrow('counts rows');
  });
});
