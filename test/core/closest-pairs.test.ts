import { describe, expect, it } from 'vitest';
import { pairClosest } from '../../lib/core/closest-pairs.ts';
import { judge, type PlainRow, type PlainTransaction } from './oracle.ts';

const MICROS = 1_000_000;
const FIRST_SECOND = 100;
const PERIOD = { first: 0, last: 1e9 * MICROS, marginMinutes: 0 } as const;

/** What one second can hold. Where it has both a row and a candidate they take each other, and are gone. */
const SIDES = [[], ['row'], ['candidate']] as const;
const CROWDS = [...SIDES, ['row', 'row'], ['candidate', 'candidate'], ['row', 'candidate', 'candidate'], ['row', 'row', 'candidate']] as const;

/** Every way to fill so many seconds. */
function* fillings<Content>(contents: readonly Content[], seconds: number): Generator<readonly Content[]> {
  if (seconds === 0) yield [];
  else for (const rest of fillings(contents, seconds - 1)) for (const content of contents) yield [content, ...rest];
}

function paired(rows: readonly PlainRow[], failures: readonly PlainTransaction[]) {
  const pairs = pairClosest(
    rows.map(({ number, second, payid }) => ({ number, time: second, payid })),
    failures.map(({ id, micros }) => ({ transId: id, created: micros })),
  );
  const byRow = pairs.map(({ row, candidate, ambiguous }) => [row.number, candidate.transId, ambiguous] as const).sort(([one], [other]) => one - other);
  return { correspondent: byRow.map(([number, id]) => [number, id]), ambigu: byRow.flatMap(([number, , ambiguous]) => (ambiguous ? [number] : [])) };
}

/** Names fall as time goes on, so that an order of names is never taken for one of time. */
function payments(filling: readonly (readonly ('row' | 'candidate')[])[]) {
  const rows: PlainRow[] = [];
  const failures: PlainTransaction[] = [];
  for (const [index, content] of filling.entries()) {
    for (const what of content) {
      const second = FIRST_SECOND + index;
      if (what === 'row') rows.push({ number: rows.length, second, payid: '-', amount: 1, key: 'p' });
      else failures.push({ id: `T${99 - failures.length}`, micros: second * MICROS, payid: '', amount: 1, status: 'FAILED', key: 'p' });
    }
  }
  return { rows, failures };
}

/** The first few fillings that are paired otherwise. */
function differences(fill: Iterable<readonly (readonly ('row' | 'candidate')[])[]>) {
  const wrong: unknown[] = [];
  let count = 0;
  for (const filling of fill) {
    const { rows, failures } = payments(filling);
    const { correspondent, ambigu } = judge(rows, failures, PERIOD);
    const found = paired(rows, failures);
    count += 1;
    if (wrong.length < 3 && JSON.stringify(found) !== JSON.stringify({ correspondent, ambigu })) wrong.push({ filling, found, correspondent, ambigu });
  }
  return { wrong, count };
}

describe('payments that only time tells apart', () => {
  it('are paired as the rules say, however rows and candidates fall into seven seconds', () => {
    expect(differences(fillings(SIDES, 7))).toEqual({ wrong: [], count: 2_187 });
  });

  it('are paired as the rules say, with several of them in one second', () => {
    expect(differences(fillings(CROWDS, 4))).toEqual({ wrong: [], count: 2_401 });
  });
});

describe('payments of one second', () => {
  const rows = ['C', 'A', 'B', 'D'].map((payid, number) => ({ number, time: 50, payid }));
  const candidates = ['T3', 'T1', 'T2', 'T4'].map((transId) => ({ transId, created: 60 * MICROS }));
  const names = (pairs: ReturnType<typeof pairClosest<(typeof rows)[number], (typeof candidates)[number]>>) =>
    pairs.map(({ row, candidate }) => `${row.payid}-${candidate.transId}`);

  it('are taken by reference, and transactions of one moment by id, in whatever order they come', () => {
    const expected = ['A-T1', 'B-T2', 'C-T3', 'D-T4'];
    expect(names(pairClosest(rows, candidates))).toEqual(expected);
    expect(names(pairClosest(rows.toReversed(), candidates.toReversed()))).toEqual(expected);
    expect(
      names(
        pairClosest(
          rows.toSorted((one, other) => (one.payid < other.payid ? 1 : -1)),
          candidates,
        ),
      ),
    ).toEqual(expected);
  });

  it('without a reference are taken in the order of the file', () => {
    const plain = [3, 1, 2].map((number) => ({ number, time: 50, payid: '' }));
    expect(pairClosest(plain, candidates).map(({ row, candidate }) => [row.number, candidate.transId])).toEqual([
      [1, 'T1'],
      [2, 'T2'],
      [3, 'T3'],
    ]);
  });

  it('created at another fraction of it are taken by that fraction first', () => {
    const later = candidates.map((candidate, index) => ({ ...candidate, created: candidate.created + 10 - index }));
    expect(names(pairClosest(rows, later))).toEqual(['A-T4', 'B-T2', 'C-T1', 'D-T3']);
  });
});
