import { describe, expect, it } from 'vitest';
import { type FailedCandidate, type PayingRow, pairClosest } from '../../lib/core/closest-pairs.ts';
import { randomOf } from '../../lib/local/sample/random.ts';

/** Where the `index`th row and candidate of a group lie, in seconds. */
interface Shape {
  readonly row: (index: number, count: number) => number;
  readonly candidate: (index: number, count: number) => number;
}

const random = randomOf(1, 1);

const SHAPES: Readonly<Record<string, Shape>> = {
  'all in one second': { row: () => 0, candidate: () => 0 },
  'all rows in one second, all candidates in another': { row: () => 0, candidate: () => 5 },
  'one candidate before and one after each row, equally near': { row: (index) => 20 * index, candidate: (index) => 20 * index - 10 },
  'rows in one second among candidates on both sides': { row: () => 0, candidate: (index) => (index % 2 === 0 ? index : -index) },
  'candidates in one second among rows on both sides': { row: (index) => (index % 2 === 0 ? index + 1 : -index), candidate: () => 0 },
  'all rows before all candidates': { row: (index) => -index - 1, candidate: (index) => index },
  'anywhere in the day': { row: () => random.below(86_400), candidate: () => random.below(86_400) },
  'anywhere in ten seconds': { row: () => random.below(10), candidate: () => random.below(10) },
};

/** Pairs one (phone, amount) group and counts how often a row or candidate was asked for its time: for each comparison that puts them in order. */
function work(count: number, shape: Shape) {
  let looks = 0;
  const rows = Array.from({ length: count }, (_, number): PayingRow => {
    const time = shape.row(number, count);
    return {
      number,
      get time() {
        looks += 1;
        return time;
      },
      payid: `PP${number}`,
    };
  });
  const candidates = Array.from({ length: count }, (_, index): FailedCandidate => {
    const created = shape.candidate(index, count) * 1_000_000;
    return {
      get created() {
        looks += 1;
        return created;
      },
      transId: `T${index}`,
    };
  });
  const pairs = pairClosest(rows, candidates);
  return { looks, pairs, paired: new Set(pairs.map(({ row }) => row)).size };
}

describe('a group of n equal payments and n candidates', () => {
  it.each(Object.entries(SHAPES))('%s costs no more than n log n', (_name, shape) => {
    for (const count of [1_000, 10_000]) expect(work(count, shape).looks).toBeLessThan(12 * count * Math.log2(count));
  });

  it.each(Object.entries(SHAPES))('%s is paired to the last one, each candidate once', (_name, shape) => {
    const { pairs, paired } = work(10_000, shape);
    expect([pairs.length, paired]).toEqual([10_000, 10_000]);
    expect(new Set(pairs.map(({ candidate }) => candidate)).size).toBe(10_000);
  });
});
