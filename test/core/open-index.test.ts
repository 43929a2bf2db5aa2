import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposeCorrespondents } from '../../lib/core/open-correspondents.ts';
import { type Finding, type LedgerFact, type OpenAbsence, OpenIndex, type OpenItem, type OpenRow, type StatementFact } from '../../lib/core/open-index.ts';
import { cases } from '../fixed-seed.ts';

const RUNS = cases(500);
const EVER = { from: 0, until: 1e15 };

/** Few values, so that much meets. */
const payid = fc.constantFrom('A', 'B', 'C', undefined);
const amount = fc.constantFrom(100, 200);
const time = fc.integer({ min: 0, max: 3 });
const tacheId = fc.integer({ min: 1, max: 3 });
const phone = fc.constantFrom('p', 'q', undefined);
const transId = fc.constantFrom('T1', 'T2', 'T3', 'T4');

const rows = (taches: fc.Arbitrary<number>): fc.Arbitrary<OpenRow> =>
  fc
    .record({ tacheId: taches, position: fc.integer({ min: 0, max: 40 }), payid, amount, time, correspondence: phone })
    .map((row) => ({ ...row, kind: 'unexplained' as const, day: '2026-03-07', name: String(row.position), number: row.position }));
const absences = (taches: fc.Arbitrary<number>): fc.Arbitrary<OpenAbsence> =>
  fc.record({ tacheId: taches, position: fc.integer({ min: 50, max: 90 }), payid, amount, name: transId }).map((item) => ({ ...item, kind: 'absent' as const, day: '2026-03-07' }));

const place = ({ tacheId: id, kind, position }: OpenItem) => `${id}/${kind}/${position}`;
const items = fc.uniqueArray(fc.oneof(rows(tacheId), absences(tacheId)), { maxLength: 12, selector: place });
const ledger: fc.Arbitrary<readonly LedgerFact[]> = fc.uniqueArray(
  fc.record({ transId, created: time.map((second) => second * 1_000_000), payid, amount, isSuccess: fc.boolean(), status: fc.constant('X'), correspondence: phone }),
  { maxLength: 4, selector: (fact) => fact.transId },
);
/** Of a statement of its own, later than any of the items'. */
const lines: fc.Arbitrary<readonly StatementFact[]> = fc
  .uniqueArray(
    fc.record({ row: fc.integer({ min: 0, max: 9 }), kind: fc.constantFrom('matched', 'amount-differs', 'correspondent', 'row', 'absence'), payid, amount, time, transId }),
    { maxLength: 8, selector: ({ row }) => row },
  )
  .map((all) =>
    all.map(({ row, kind, ...line }): StatementFact => {
      const ofItem = { tacheId: 9, position: row, day: '2026-03-08', payid: line.payid, amount: line.amount };
      if (kind === 'row') return { kind: 'open', item: { ...ofItem, kind: 'unexplained', name: String(row), number: row, time: line.time, correspondence: undefined } };
      if (kind === 'absence') return { kind: 'open', item: { ...ofItem, kind: 'absent', name: line.transId } };
      return { kind: kind === 'matched' || kind === 'amount-differs' ? kind : 'correspondent', tacheId: 9, row, ...line };
    }),
  );

function found(open: readonly OpenItem[], facts: readonly LedgerFact[], statement: readonly StatementFact[]): readonly Finding[] {
  const index = new OpenIndex(open);
  for (const fact of facts) index.seeTransaction(fact);
  for (const fact of statement) index.seeStatement(fact);
  return index.findings();
}

describe('what explains open items', () => {
  it('does not depend on the order in which items, transactions and lines come', () => {
    const shuffled = fc.record({ items, ledger, lines }).chain((world) =>
      fc.record({
        world: fc.constant(world),
        items: fc.shuffledSubarray(world.items, { minLength: world.items.length }),
        ledger: fc.shuffledSubarray([...world.ledger], { minLength: world.ledger.length }),
        lines: fc.shuffledSubarray([...world.lines], { minLength: world.lines.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ world, ...other }) => {
        expect(found(other.items, other.ledger, other.lines)).toEqual(found(world.items, world.ledger, world.lines));
      }),
      RUNS,
    );
  });

  it('is a transaction of the same reference and amount, a success, or nothing that the ledger says explains a row', () => {
    fc.assert(
      fc.property(items, ledger, (open, facts) => {
        const explained = new Set(found(open, facts, []).flatMap((finding) => ('explanation' in finding ? [place(finding.item)] : [])));
        for (const item of open.filter(({ kind }) => kind === 'unexplained')) {
          const isExplained = item.payid !== undefined && facts.some((fact) => fact.isSuccess && fact.payid === item.payid && fact.amount === item.amount);
          expect(explained.has(place(item))).toBe(isExplained);
        }
      }),
      RUNS,
    );
  });

  it('is told once an item, and an item that is explained is not proposed to as well', () => {
    fc.assert(
      fc.property(items, ledger, lines, (open, facts, statement) => {
        const places = found(open, facts, statement).map(({ item }) => place(item));
        expect(new Set(places).size).toBe(places.length);
      }),
      RUNS,
    );
  });

  it('never is a line of its own statement', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(rows(fc.constant(9)), absences(fc.constant(9))), { maxLength: 8, selector: place }), lines, (open, statement) => {
        expect(found(open, [], statement)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('carries to the later tache, never back', () => {
    fc.assert(
      fc.property(items, lines, (open, statement) => {
        for (const finding of found(open, [], statement)) {
          if ('explanation' in finding && finding.explanation.how === 'carried') expect(finding.explanation.tacheId).toBeGreaterThan(finding.item.tacheId);
        }
      }),
      RUNS,
    );
  });
});

const ROW: OpenRow = { kind: 'unexplained', tacheId: 1, position: 0, day: '2026-03-07', name: '1', number: 0, payid: undefined, amount: 100, time: 5, correspondence: 'p' };
const FACT: LedgerFact = { transId: 'T1', created: 5_000_000, payid: undefined, amount: 100, isSuccess: false, status: 'FAILED', correspondence: 'p' };

describe('what is proposed by phone and amount', () => {
  const proposed = (open: readonly OpenItem[], facts: readonly LedgerFact[], taken: ReadonlySet<string> = new Set()) => {
    const index = new OpenIndex(open);
    for (const fact of facts) index.seeTransaction(fact);
    return [1, 2, 3].flatMap((id) => proposeCorrespondents(index, id, EVER, (one) => taken.has(one)));
  };

  it('is one to one within a tache, of equal phone and amount, no success, and not taken by another of its rows', () => {
    fc.assert(
      fc.property(items, ledger, fc.subarray(['T1', 'T2', 'T3', 'T4']), (open, facts, taken) => {
        const pairs = proposed(open, facts, new Set(taken));
        for (const { item, ...verdict } of pairs) {
          const proposal = 'proposal' in verdict && verdict.proposal.how === 'correspondent' ? verdict.proposal : undefined;
          const fact = facts.find((one) => one.transId === proposal?.transId);
          expect(item).toMatchObject({ kind: 'unexplained', amount: fact?.amount, correspondence: fact?.correspondence });
          expect(fact?.isSuccess).toBe(false);
          expect(taken).not.toContain(proposal?.transId);
        }
        const ofTache = pairs.map(({ item, ...verdict }) => `${item.tacheId} ${JSON.stringify(verdict)}`);
        expect(new Set(ofTache).size).toBe(ofTache.length);
      }),
      RUNS,
    );
  });

  it('is looked for among the rows of its own phone, the first reference where rows are of one moment', () => {
    const row = (changes: Partial<OpenRow>): OpenRow => ({ ...ROW, ...changes });
    const open = [
      row({ position: 0, number: 1, payid: 'B' }),
      row({ position: 1, number: 2, payid: 'A' }),
      row({ position: 2, correspondence: 'q', payid: 'C' }),
      row({ position: 3, correspondence: 'r', payid: 'A' }),
      row({ position: 4, correspondence: 'r', payid: undefined }),
    ];
    const facts = ['p', 'q', 'r'].map((correspondence) => ({ ...FACT, transId: correspondence, correspondence }));
    expect(proposed(open, facts).map(({ item, ...verdict }) => [item.position, 'proposal' in verdict && verdict.proposal])).toEqual([
      [1, { how: 'correspondent', transId: 'p', ambiguous: true }],
      [2, { how: 'correspondent', transId: 'q', ambiguous: false }],
      [4, { how: 'correspondent', transId: 'r', ambiguous: true }],
    ]);
  });

  it('lies in the window of its tache', () => {
    const index = new OpenIndex([ROW]);
    index.seeTransaction(FACT);
    const within = (from: number, until: number) => proposeCorrespondents(index, 1, { from, until }, () => false);
    expect(within(5_000_000, 5_000_001)).toMatchObject([{ proposal: { transId: 'T1' } }]);
    expect(within(5_000_001, 9_000_000)).toEqual([]);
    expect(within(0, 5_000_000)).toEqual([]);
  });
});
