import { describe, expect, it } from 'vitest';
import { type LedgerFact, type OpenAbsence, OpenIndex, type OpenItem, type OpenRow, type StatementFact } from '../../lib/core/open-index.ts';

const row = (changes: Partial<OpenRow> = {}): OpenRow => ({
  kind: 'unexplained',
  tacheId: 1,
  position: 0,
  day: '2026-03-07',
  payid: 'A',
  amount: 100,
  name: '10',
  number: 4,
  time: 50,
  correspondence: 'p',
  ...changes,
});
const absence = (changes: Partial<OpenAbsence> = {}): OpenAbsence => ({
  kind: 'absent',
  tacheId: 1,
  position: 60,
  day: '2026-03-07',
  payid: 'A',
  amount: 100,
  name: 'T1',
  ...changes,
});
const fact = (changes: Partial<LedgerFact> = {}): LedgerFact => ({
  transId: 'T1',
  created: 50_000_000,
  payid: 'A',
  amount: 100,
  isSuccess: true,
  status: 'SUCCES',
  correspondence: 'p',
  ...changes,
});
const line = (kind: 'matched' | 'amount-differs' | 'correspondent', changes: Partial<Exclude<StatementFact, { readonly kind: 'open' }>> = {}): StatementFact => ({
  tacheId: 2,
  row: 8,
  payid: 'A',
  amount: 100,
  time: 50,
  transId: 'T1',
  ...changes,
  kind,
});

function found(items: readonly OpenItem[], facts: readonly LedgerFact[], lines: readonly StatementFact[] = []) {
  const index = new OpenIndex(items);
  for (const one of facts) index.seeTransaction(one);
  for (const one of lines) index.seeStatement(one);
  return index.findings().map(({ item, ...verdict }) => [item.name, 'explanation' in verdict ? verdict.explanation : verdict.proposal]);
}

const late = { how: 'late-ledger', transId: 'T1' };

describe('a transaction that came late', () => {
  it('explains the row of its reference and its amount', () => {
    expect(found([row()], [fact()])).toEqual([['10', late]]);
  });

  it('of another amount is proposed for it, with that amount', () => {
    expect(found([row()], [fact({ amount: 90 })])).toEqual([['10', { how: 'amount-differs', amount: 90, transId: 'T1' }]]);
  });

  it('of an amount that the currency does not have is not even proposed', () => {
    expect(found([row()], [fact({ amount: Number.NaN })])).toEqual([]);
  });

  it('of several is the one that was created first, whichever is seen first', () => {
    const first = fact({ transId: 'T9', created: 9_000_000 });
    for (const facts of [
      [first, fact()],
      [fact(), first],
    ])
      expect(found([row()], facts)).toEqual([['10', { how: 'late-ledger', transId: 'T9' }]]);
  });

  it('of its amount counts before one of another, whichever is seen first', () => {
    const other = fact({ transId: 'T0', created: 1, amount: 90 });
    expect(found([row()], [other, fact()])).toEqual([['10', late]]);
    expect(found([row()], [fact(), other])).toEqual([['10', late]]);
  });

  it('explains its own absence as well, where the row is on another statement', () => {
    expect(found([row({ tacheId: 2 }), absence()], [fact()])).toEqual([
      ['T1', { how: 'late-operator', tacheId: 2, row: 4 }],
      ['10', late],
    ]);
  });

  it('without a reference explains nothing', () => {
    expect(found([row({ payid: undefined })], [fact({ payid: undefined })])).toEqual([]);
  });
});

describe('a transaction that is no success', () => {
  const no = fact({ isSuccess: false, status: 'ANNULE' });

  it('explains its absence: the ledger was corrected', () => {
    expect(found([absence(), row()], [no])).toEqual([['T1', { how: 'corrected', status: 'ANNULE' }]]);
  });

  it('is corrected rather than late, also where another statement has it', () => {
    expect(found([absence()], [no], [line('matched')])).toEqual([['T1', { how: 'corrected', status: 'ANNULE' }]]);
  });

  it('contends for the rows of its phone and its amount only, in the order of creation, then of ids', () => {
    const index = new OpenIndex([row()]);
    for (const one of [
      no,
      { ...no, transId: 'T0' },
      { ...no, transId: 'T3' },
      { ...no, transId: 'T5', created: 1 },
      { ...no, amount: 90 },
      { ...no, correspondence: undefined },
      { ...no, correspondence: 'q' },
    ])
      index.seeTransaction(one);
    expect(index.contenders().map(({ transId, amount }) => [transId, amount])).toEqual([
      ['T5', 100],
      ['T0', 100],
      ['T1', 100],
      ['T3', 100],
    ]);
    expect(index.rowsLike(no).map(({ name }) => name)).toEqual(['10']);
    expect(index.rowsLike({ ...no, correspondence: undefined })).toEqual([]);
    expect(index.rowsLike({ ...no, amount: 90 })).toEqual([]);
  });

  it('has no row any more that something explains', () => {
    const index = new OpenIndex([row()]);
    index.seeTransaction(no);
    index.seeTransaction(fact({ transId: 'T2' }));
    expect(index.rowsLike(no)).toEqual([]);
  });
});

describe('a line of another statement', () => {
  it('that was matched explains the absence of its transaction, and a row of its reference and amount', () => {
    expect(found([absence(), row()], [], [line('matched')])).toEqual([
      ['10', late],
      ['T1', { how: 'late-operator', tacheId: 2, row: 8 }],
    ]);
    expect(found([row()], [], [line('matched', { amount: 90 })])).toEqual([]);
  });

  it('whose amount differs is proposed for the absence, with its amount', () => {
    expect(found([absence(), row()], [], [line('amount-differs', { amount: 90 })])).toEqual([['T1', { how: 'amount-differs', amount: 90, tacheId: 2, row: 8 }]]);
    expect(found([row()], [], [line('amount-differs')])).toEqual([]);
  });

  it('that has a correspondent goes on with the same row of an earlier tache', () => {
    expect(found([row(), absence()], [], [line('correspondent')])).toEqual([['10', { how: 'carried', tacheId: 2 }]]);
    expect(found([row({ time: 51 })], [], [line('correspondent')])).toEqual([]);
    expect(found([row({ tacheId: 3 })], [], [line('correspondent')])).toEqual([]);
  });

  it('of the same tache explains nothing', () => {
    expect(found([row(), absence()], [], [line('matched', { tacheId: 1 }), line('amount-differs', { tacheId: 1 })])).toEqual([]);
  });

  it('of several is that of the earliest tache, then of the earliest row', () => {
    const lines = [line('matched', { tacheId: 10, row: 1 }), line('matched', { tacheId: 9, row: 20 }), line('matched', { tacheId: 9, row: 3 })];
    expect(found([absence()], [], lines)).toEqual([['T1', { how: 'late-operator', tacheId: 9, row: 3 }]]);
  });
});

describe('what is open in two taches', () => {
  const open = (item: OpenItem): StatementFact => ({ kind: 'open', item });

  it('explains itself where one has the row and the other the success', () => {
    expect(found([row()], [], [open(absence({ tacheId: 2 }))])).toContainEqual(['10', late]);
    expect(found([absence()], [], [open(row({ tacheId: 2 }))])).toContainEqual(['T1', { how: 'late-operator', tacheId: 2, row: 4 }]);
  });

  it('is proposed both ways where the amounts differ', () => {
    expect(found([row()], [], [open(absence({ tacheId: 2, amount: 90 }))])).toEqual([
      ['10', { how: 'amount-differs', amount: 90, transId: 'T1' }],
      ['T1', { how: 'amount-differs', amount: 100, tacheId: 1, row: 4 }],
    ]);
  });

  it('goes on in the later one: the same row, or the same transaction', () => {
    expect(found([row()], [], [open(row({ tacheId: 2 }))])).toEqual([['10', { how: 'carried', tacheId: 2 }]]);
    expect(found([absence({ payid: undefined })], [], [open(absence({ tacheId: 2, payid: undefined }))])).toEqual([['T1', { how: 'carried', tacheId: 2 }]]);
    expect(found([row()], [], [open(row({ tacheId: 2, amount: 90 })), open(row({ tacheId: 2, time: 51 }))])).toEqual([]);
  });

  it('goes on in the earliest of the later ones, whichever is seen first', () => {
    const later = [open(row({ tacheId: 9 })), open(row({ tacheId: 12 }))];
    for (const facts of [later, later.toReversed()]) expect(found([row()], [], facts)).toEqual([['10', { how: 'carried', tacheId: 9 }]]);
  });

  it('goes on in the later one also where it is the earlier statement that is seen', () => {
    expect(found([row({ tacheId: 5, name: '50' })], [], [open(row({ tacheId: 2, name: '20' }))])).toEqual([['20', { how: 'carried', tacheId: 5 }]]);
  });

  it('within one tache is two different things', () => {
    expect(found([row(), absence()], [], [open(row({ position: 5 })), open(absence({ position: 61 }))])).toEqual([]);
  });
});

it('what was found comes by tache, rows before absences, by position', () => {
  const items = [absence({ tacheId: 2, position: 3 }), row({ tacheId: 2, position: 9, name: '29' }), row({ position: 10, name: '110' }), row({ position: 2, name: '102' })];
  expect(found(items, [], [line('matched', { tacheId: 5 })]).map(([name]) => name)).toEqual(['102', '110', '29', 'T1']);
});
