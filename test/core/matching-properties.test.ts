import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '../fixed-seed.ts';
import { writtenOutcome } from '../fixtures/found-outcome.ts';
import { judge, type Verdict } from './oracle.ts';
import { contests, PLAIN_PERIOD, reconciled, type World, worlds } from './worlds.ts';

const RUNS = cases(1_500);

function found(world: World, kind: 'phone' | 'transId' = 'phone'): Verdict {
  const { totaux, classes, limite, ambigu } = writtenOutcome(reconciled(world, kind));
  const { mis_de_cote, ...rest } = classes;
  const { diffMontant, diffCount, ...totals } = totaux;
  return { ...rest, limite, ambigu, ...totals };
}

/** The same world with its inputs in another order; rows keep nothing of their old place. */
const reordered = (source: fc.Arbitrary<World>) =>
  source.chain((world) =>
    fc
      .record({
        rows: fc.shuffledSubarray([...world.rows], { minLength: world.rows.length }),
        transactions: fc.shuffledSubarray([...world.transactions], { minLength: world.transactions.length }),
      })
      .map((other) => ({ world, other: { rows: other.rows.map((row, number) => ({ ...row, number })), transactions: other.transactions } })),
  );

/** A verdict that names rows by what they hold, not by their place. */
function contents(world: World, verdict: Verdict) {
  const content = (number: number) => {
    const row = world.rows[number];
    return row === undefined ? 'no such row' : JSON.stringify([row.second, row.payid, row.amount, row.key]);
  };
  const pairs = (list: readonly (readonly [number, string])[]) => list.map(([number, id]) => `${content(number)} ${id}`).sort();
  const rows = (list: readonly number[]) => list.map(content).sort();
  return {
    ...verdict,
    rapproche: pairs(verdict.rapproche),
    montant_different: pairs(verdict.montant_different),
    correspondent: pairs(verdict.correspondent),
    doublon_operateur: rows(verdict.doublon_operateur),
    not_correspondent: rows(verdict.not_correspondent),
    ambigu: rows(verdict.ambigu),
  };
}

describe('the worlds of these tests', () => {
  it('hold every class and mark', () => {
    const verdicts = [...fc.sample(worlds, 400), ...fc.sample(contests, 100)].map((world) => judge(world.rows, world.transactions, PLAIN_PERIOD));
    const { montantOperateur, montantCinetpay, countOperator, countCinetpay, ...lists } = judge([], [], PLAIN_PERIOD);
    for (const name of Object.keys(lists)) {
      const size = verdicts.reduce(
        (sum, verdict) => sum + Object.entries(verdict).reduce((size, [key, list]) => size + (key === name && Array.isArray(list) ? list.length : 0), 0),
        0,
      );
      expect(size, name).toBeGreaterThan(10);
    }
    expect([montantOperateur, montantCinetpay, countOperator, countCinetpay]).toEqual([0, 0, 0, 0]);
  });
});

describe('any two inputs', () => {
  it('give the classes, pairs, marks and totals that a reading of the rules gives', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        expect(found(world)).toEqual(judge(world.rows, world.transactions, PLAIN_PERIOD));
      }),
      RUNS,
    );
  });

  it('give the same for a layout without phone, by transId and custom reference', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        expect(found(world, 'transId')).toEqual(judge(world.rows, world.transactions, PLAIN_PERIOD));
      }),
      RUNS,
    );
  });

  it('are paired closest first where nothing but time tells payments apart', () => {
    fc.assert(
      fc.property(contests, (world) => {
        expect(found(world)).toEqual(judge(world.rows, world.transactions, PLAIN_PERIOD));
      }),
      RUNS,
    );
  });

  it('may come in any order', () => {
    fc.assert(
      fc.property(reordered(worlds.filter(hasNoEqualDuplicates)), ({ world, other }) => {
        expect(contents(other, found(other))).toEqual(contents(world, found(world)));
      }),
      RUNS,
    );
  });

  it('leave no row without a class, and none in two', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const verdict = found(world);
        const pairs = [...verdict.rapproche, ...verdict.montant_different, ...verdict.correspondent];
        const rows = [...pairs.map(([row]) => row), ...verdict.doublon_operateur, ...verdict.not_correspondent];
        expect(rows.sort((one, two) => one - two)).toEqual(world.rows.map(({ number }) => number));
        const ids = [...pairs.map(([, id]) => id), ...verdict.doublon_cinetpay, ...verdict.absent_operateur];
        expect(new Set(ids).size).toBe(ids.length);
        const inTotals = verdict.rapproche.length + verdict.montant_different.length + verdict.doublon_cinetpay.length + verdict.absent_operateur.length;
        expect(inTotals).toBe(verdict.countCinetpay);
      }),
      RUNS,
    );
  });

  it('are explained to the last franc and the last row', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { bridge, totals } = reconciled(world);
        const { amountResidual, countResidual, ...lines } = bridge;
        expect([amountResidual, countResidual]).toEqual([0, 0]);
        expect(Object.values(lines).reduce((sum, { amount }) => sum + amount, 0)).toBe(totals.amountDifference);
        expect(Object.values(lines).reduce((sum, { count }) => sum + count, 0)).toBe(totals.countDifference);
      }),
      RUNS,
    );
  });

  it('give the same when they are matched twice', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        expect(found(world)).toEqual(found(world));
      }),
      cases(100),
    );
  });
});

/** Of two rows with one reference, moment and amount the file order decides which is the duplicate: then order does matter. */
function hasNoEqualDuplicates({ rows }: World): boolean {
  const keys = rows.filter(({ payid }) => payid !== '-' && payid.toUpperCase() !== 'NULL').map(({ second, payid, amount }) => `${second} ${payid} ${amount}`);
  return new Set(keys).size === keys.length;
}
