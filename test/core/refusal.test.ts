import { describe, expect, it } from 'vitest';
import { expectedRows } from '../../lib/core/expected-rows.ts';
import { setAsideCounts } from '../../lib/core/set-aside.ts';
import { refusalOf } from '../../lib/core/statement-refusal.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { orangeRow, readObjects, readTable } from './reading.ts';

const orange = operatorNamed('OMCI');
const withBadRow = readObjects(orange, [orangeRow(), orangeRow({ Crédit: 'abc' })]);

describe('a statement as a whole', () => {
  it('is taken where all of its rows can be read', () => {
    expect(refusalOf(readObjects(orange, [orangeRow()]), 'refuse')).toBeUndefined();
  });

  it('is refused without any row', () => {
    expect(refusalOf(readTable(orange, []), 'quarantine')).toEqual({ kind: 'bad-rows', rows: [] });
  });

  it('is refused with the names of the columns that it lacks', () => {
    expect(
      refusalOf(
        readTable(orange, [
          ['Date', 'Heure'],
          ['07/03/2026', '09:28:53'],
        ]),
        'quarantine',
      ),
    ).toMatchObject({ kind: 'headers', missing: expect.arrayContaining(['Crédit']) });
  });

  it('is refused without the sheet of the layout', () => {
    expect(refusalOf({ kind: 'sheet-missing', sheet: 'Relevé', present: ['Feuil1'] }, 'quarantine')).toEqual({ kind: 'sheet', sheet: 'Relevé', present: ['Feuil1'] });
  });

  it('of another account is refused for that, whatever else is wrong with it', () => {
    expect(refusalOf({ ...withBadRow, accountFound: false }, 'refuse')).toEqual({ kind: 'account' });
  });

  it('with a bad row is refused with its bad rows, or taken without them, as the operator has it', () => {
    expect(refusalOf(withBadRow, 'refuse')).toMatchObject({ kind: 'bad-rows', rows: [{ number: 1 }] });
    expect(refusalOf(withBadRow, 'quarantine')).toBeUndefined();
  });
});

it('rows that are set aside are counted for each reason, those of none included', () => {
  const row = { number: 0, payid: '', status: '', amount: '', phone: '' };
  const counts = setAsideCounts([
    { ...row, reason: 'debit' },
    { ...row, reason: 'debit' },
    { ...row, reason: 'unclassified' },
  ]);
  expect(counts).toEqual({ 'no-credit': 0, 'not-successful': 0, unclassified: 1, debit: 2, 'other-type': 0 });
});

describe('how many rows a file will hold', () => {
  it('is told from a first part of it, with a little to spare', () => {
    expect(expectedRows(100, 0.5)).toBe(210);
    expect(expectedRows(3, 1)).toBe(4);
  });

  it('is not believed without end, nor of a part of nothing', () => {
    expect(expectedRows(1_000_000, 0.001)).toBe(12_000_000);
    expect(expectedRows(1, 0)).toBe(12_000_000);
  });
});
