import { describe, expect, it } from 'vitest';
import type { StatementLayout } from '../../lib/core/operator.ts';
import type { Row } from '../../lib/core/rows.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { readTable } from './reading.ts';

const LAYOUT: StatementLayout = {
  name: 'deux-lignes',
  headerRows: 2,
  moment: { kind: 'two-columns', dateColumn: 'Date', datePattern: 'dd/MM/yyyy', timeColumn: 'Heure', timePattern: 'HH:mm:ss' },
  columns: { payid: 'Référence', status: 'Statut', amount: 'Montant (XOF) / Crédit', account: 'Compte / N°', phone: 'Correspondant / N°' },
};
const operator = operatorNamed('OMCI', { layout: LAYOUT });
const withAmount = (amount: string) => operatorNamed('OMCI', { layout: { ...LAYOUT, columns: { ...LAYOUT.columns, amount } } });

const GROUPS: Row = ['Date', 'Heure', 'Référence', 'Statut', 'Compte', null, 'Correspondant', null, 'Montant (XOF)', null, 'Commissions', null, 'Solde'];
const HEADERS: Row = [null, null, null, null, 'N°', 'Nom', 'N°', 'Nom', 'Débit', 'Crédit', 'Débit', 'Crédit', null];
const data = (payid: string, amount: number): Row => ['07/03/2026', '09:28:53', payid, 'SUCCES', '0700000001', 'CP', '0707123456', 'K', null, amount, null, 7, 99];

function read(reader: typeof operator, ...rows: readonly Row[]) {
  const reading = readTable(reader, rows);
  return reading.kind === 'rows' ? { amounts: reading.rows.map(({ amount }) => amount), bad: reading.bad.length, skipped: reading.skipped } : reading;
}

describe('a header of two rows', () => {
  it('names a column by its group and its own header', () => {
    expect(read(operator, ['Relevé'], GROUPS, HEADERS, data('PP1', 5_000))).toMatchObject({ amounts: [5_000], bad: 0 });
  });

  it('takes blanks around the stroke, case and accents lightly', () => {
    expect(read(withAmount('MONTANT (xof)/credit'), GROUPS, HEADERS, data('PP1', 5_000))).toMatchObject({ amounts: [5_000] });
    expect(read(withAmount('Commissions  /  Crédit'), GROUPS, HEADERS, data('PP1', 5_000))).toMatchObject({ amounts: [7] });
  });

  it('takes a blank on one side of the stroke as lightly as on both or none', () => {
    for (const amount of ['Montant (XOF)/ Crédit', 'Montant (XOF) /Crédit'])
      expect(read(withAmount(amount), GROUPS, HEADERS, data('PP1', 5_000))).toMatchObject({ amounts: [5_000] });
  });

  it('finds a header alone where it stands under one group only', () => {
    const headers = HEADERS.with(11, 'Net');
    expect(read(withAmount('Crédit'), GROUPS, headers, data('PP1', 5_000))).toMatchObject({ amounts: [5_000] });
    expect(read(withAmount('Net'), GROUPS, headers, data('PP1', 5_000))).toMatchObject({ amounts: [7] });
  });

  it('tells a header without a group from the same one under a group, before all groups and after one that has ended', () => {
    const row = data('PP1', 5_000);
    expect(read(withAmount('Crédit'), [null, ...GROUPS], ['Crédit', ...HEADERS], [300, ...row])).toMatchObject({ amounts: [300] });
    expect(read(withAmount('Crédit'), [...GROUPS, null], [...HEADERS, 'Crédit'], [...row, 400])).toMatchObject({ amounts: [400] });
  });

  it('may have one row that is shorter than the other', () => {
    const row = data('PP1', 5_000);
    expect(read(withAmount('Commissions / Crédit'), GROUPS.slice(0, 11), HEADERS, row)).toMatchObject({ amounts: [7] });
    expect(read(withAmount('Solde'), GROUPS, HEADERS.slice(0, 12), row, GROUPS, HEADERS.slice(0, 12))).toMatchObject({ amounts: [99], skipped: { repeatedHeader: 2 } });
  });

  it('may have two groups of one name: the layout says which', () => {
    const groups = GROUPS.with(10, 'Montant (XOF)');
    const amount = 'Montant (XOF) / Crédit';
    const second = operatorNamed('OMCI', { layout: { ...LAYOUT, columns: { ...LAYOUT.columns, amount }, search: { amount: { occurrence: 2 } } } });
    expect(read(second, groups, HEADERS, data('PP1', 5_000))).toMatchObject({ amounts: [7] });
    expect(read(withAmount(amount), groups, HEADERS, data('PP1', 5_000))).toMatchObject({ amounts: [5_000] });
  });

  it('is repaired where either of its rows was spoilt, with the rows under it', () => {
    const groups = GROUPS.map((name) => (name === 'Référence' ? 'RÃ©fÃ©rence' : name));
    const reading = readTable(operator, [groups, HEADERS, data('PÃ©1', 1)]);
    expect(reading.kind === 'rows' && reading.rows.map(({ payid }) => payid)).toEqual(['Pé1']);
  });

  it('is not repeated by a row that is empty where it is, or that goes on after it', () => {
    const skipped = (row: Row) => read(operator, GROUPS, HEADERS, data('PP1', 1), row, data('PP2', 2));
    expect(skipped(data('PP3', 3).with(5, null))).toMatchObject({ amounts: [1, 3, 2], skipped: { repeatedHeader: 0 } });
    for (const row of [[...GROUPS, 'x'], GROUPS.with(5, 5)]) expect(skipped(row)).toMatchObject({ amounts: [1, 2], skipped: { repeatedHeader: 0 } });
    expect(skipped(HEADERS.slice(0, 12))).toMatchObject({ amounts: [1, 2], skipped: { repeatedHeader: 1 } });
  });

  it('is not guessed at where a header stands under two groups: the header counts as missing', () => {
    expect(read(withAmount('Crédit'), GROUPS, HEADERS, data('PP1', 5_000))).toEqual({ kind: 'headers-missing', missing: ['Crédit'] });
  });

  it('may be searched by rank as well', () => {
    const second = operatorNamed('OMCI', { layout: { ...LAYOUT, columns: { ...LAYOUT.columns, amount: 'Crédit' }, search: { amount: { occurrence: 2 } } } });
    expect(read(second, GROUPS, HEADERS, data('PP1', 5_000))).toMatchObject({ amounts: [7] });
  });

  it('stands again on each printed page, both rows of it, and is counted', () => {
    expect(read(operator, GROUPS, HEADERS, data('PP1', 1), GROUPS, HEADERS, data('PP2', 2), GROUPS, HEADERS)).toEqual({
      amounts: [1, 2],
      bad: 0,
      skipped: { blank: 0, repeatedHeader: 4, total: 0 },
    });
  });

  it('may have only one row in a file where that is enough', () => {
    const single: Row = ['Date', 'Heure', 'Référence', 'Statut', 'N° compte', 'Correspondant', 'Crédit'];
    const row: Row = ['07/03/2026', '09:28:53', 'PP1', 'SUCCES', '0700000001', '0707123456', 300];
    const columns = { payid: 'Référence', status: 'Statut', amount: 'Crédit', account: 'N° compte', phone: 'Correspondant' };
    expect(read(operatorNamed('OMCI', { layout: { ...LAYOUT, columns } }), ['Relevé', 'x'], single, row, row)).toMatchObject({ amounts: [300, 300], bad: 0 });
  });

  it('may have all needed headers in its upper row: the lower one is no data', () => {
    const upper: Row = ['Date', 'Heure', 'Référence', 'Statut', 'N° compte', 'Correspondant', 'Crédit', 'Commissions', null];
    const lower: Row = [null, null, null, null, null, null, null, 'HT', 'TTC'];
    const columns = { payid: 'Référence', status: 'Statut', amount: 'Crédit', account: 'N° compte', phone: 'Correspondant' };
    const row: Row = ['07/03/2026', '09:28:53', 'PP1', 'SUCCES', '0700000001', '0707123456', 300, 1, 2];
    expect(read(operatorNamed('OMCI', { layout: { ...LAYOUT, columns } }), upper, lower, row, upper, lower, row)).toEqual({
      amounts: [300, 300],
      bad: 0,
      skipped: { blank: 0, repeatedHeader: 2, total: 0 },
    });
  });

  it('without rows under it is a file without rows, not one without headers', () => {
    expect(read(operator, ['Relevé'], GROUPS, HEADERS)).toEqual({ kind: 'no-rows' });
  });
});
