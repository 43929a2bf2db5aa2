import { describe, expect, it } from 'vitest';
import type { DebitRows, Debits } from '../../lib/core/operator.ts';
import type { Cell } from '../../lib/core/rows.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { orangeRow, readObjects, readTable } from './reading.ts';

const orange = operatorNamed('OMCI');
const withDebits = (debits: Debits) => operatorNamed('OMCI', { layout: { ...orange.layout, debits } });
const pair = (rows: DebitRows) => withDebits({ kind: 'column', column: 'Débit', rows });
const words = (rows: DebitRows) => withDebits({ kind: 'word', column: 'Sens', credit: ['C', 'Crédit'], debit: ['D', 'Débit'], rows });

function outcome(operator: typeof orange, ...changes: Readonly<Record<string, Cell>>[]) {
  const { rows, setAside, bad } = readObjects(operator, [...changes.map((change) => orangeRow(change)), orangeRow({ Débit: null, Sens: 'C' })]);
  return {
    amounts: rows.filter(({ number }) => number < changes.length).map(({ amount, shown }) => [amount, shown.amount]),
    setAside: setAside.map(({ reason }) => reason),
    bad: bad.flatMap(({ problems }) => problems.map(({ column, reason }) => `${column} : ${reason}`)),
  };
}

describe('a pair of amount columns', () => {
  it('counts what is in the credit column, whatever stands for nothing in the other', () => {
    for (const Débit of [null, '', '-', 0, '0', '0,00']) expect(outcome(pair('set-aside'), { Crédit: 500, Débit })).toEqual({ amounts: [[500, '500']], setAside: [], bad: [] });
  });

  it('sets aside a row that has a debit only, counted', () => {
    for (const Crédit of [null, '', '-', 0]) expect(outcome(pair('set-aside'), { Crédit, Débit: '1 500' })).toEqual({ amounts: [], setAside: ['debit'], bad: [] });
  });

  it('counts it as negative where the operator says so, with or without a sign of its own', () => {
    for (const Débit of ['1 500', '-1 500', 1_500, -1_500])
      expect(outcome(pair('negative'), { Crédit: '', Débit }).amounts).toMatchObject([[-1_500, expect.stringMatching(/^-1 ?500$/u)]]);
  });

  it('sets aside a line without credit and without debit', () => {
    for (const [Crédit, Débit] of [
      ['-', null],
      [null, '-'],
      ['-', '-'],
    ])
      expect(outcome(pair('negative'), { Crédit: Crédit ?? null, Débit: Débit ?? null }).setAside).toEqual(['no-credit']);
  });

  it('may be zero', () => {
    expect(outcome(pair('set-aside'), { Crédit: 0, Débit: 0 }).amounts).toEqual([[0, '0']]);
    expect(outcome(pair('set-aside'), { Crédit: null, Débit: 0 }).amounts).toEqual([[0, '']]);
  });

  it('makes the row bad where both are filled, neither is, or one cannot be read', () => {
    expect(outcome(pair('set-aside'), { Crédit: 5, Débit: 7 }).bad).toEqual(['Crédit : un débit et un crédit sur la même ligne']);
    expect(outcome(pair('set-aside'), { Crédit: 'cinq', Débit: 7 }).bad).toEqual([expect.stringMatching(/^Crédit : /u)]);
    expect(outcome(pair('set-aside'), { Crédit: null, Débit: ' ' }).bad).toEqual(['Crédit : valeur manquante']);
    expect(outcome(pair('set-aside'), { Crédit: 'x', Débit: null }).bad).toEqual(['Crédit : pas un montant']);
    expect(outcome(pair('set-aside'), { Crédit: null, Débit: 'x' }).bad).toEqual(['Débit : pas un montant']);
  });

  it('may hold a total under the rows, in either column or both', () => {
    const header = [...Object.keys(orangeRow()), 'Débit'];
    const total = (credit: Cell, debit: Cell) => header.map((name) => (name === 'Crédit' ? credit : name === 'Débit' ? debit : null));
    for (const row of [total(500, null), total(null, 700), total('500', '700')]) {
      const reading = readTable(pair('set-aside'), [header, [...Object.values(orangeRow()), null], row]);
      expect(reading).toMatchObject({ kind: 'rows', count: 1, bad: [], skipped: { total: 1 } });
    }
  });

  it('needs both columns in the file', () => {
    expect(readTable(pair('set-aside'), [Object.keys(orangeRow()), Object.values(orangeRow())])).toEqual({ kind: 'headers-missing', missing: ['Débit'] });
  });
});

describe('a column that says which way money goes', () => {
  it('counts credits, and sets debits aside or counts them as negative', () => {
    expect(outcome(words('set-aside'), { Crédit: 500, Sens: 'crédit' }, { Crédit: 700, Sens: ' D ' })).toEqual({ amounts: [[500, '500']], setAside: ['debit'], bad: [] });
    expect(outcome(words('negative'), { Crédit: 500, Sens: 'c' }, { Crédit: 700, Sens: 'DEBIT' }).amounts).toEqual([
      [500, '500'],
      [-700, '-700'],
    ]);
  });

  it('makes the row bad where it says another word, or none', () => {
    expect(outcome(words('set-aside'), { Crédit: 500, Sens: 'X' }).bad).toEqual(['Sens : sens inconnu : « X »']);
    expect(outcome(words('set-aside'), { Crédit: 500, Sens: null }).bad).toEqual(['Sens : valeur manquante']);
  });
});

describe('a minus sign', () => {
  it('is a reversal that counts, where the operator says nothing', () => {
    expect(outcome(orange, { Crédit: '-500' }).amounts).toEqual([[-500, '-500']]);
  });

  it('sets the row aside where the operator says that it means money that goes out', () => {
    expect(outcome(withDebits({ kind: 'minus-sign' }), { Crédit: '-500' }, { Crédit: 500 })).toEqual({ amounts: [[500, '500']], setAside: ['debit'], bad: [] });
  });
});
