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
