import { describe, expect, it } from 'vitest';
import { OPERATORS } from '../../lib/core/catalogue.ts';
import { StatementReader } from '../../lib/core/statement.ts';
import { requiredHeaders } from '../../lib/core/statement-header.ts';
import { refusalOf } from '../../lib/core/statement-refusal.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { orangeRow, readTable } from './reading.ts';

const orange = operatorNamed('OMCI');
const HEADER = Object.keys(orangeRow());
const GOOD = Object.values(orangeRow());
const rowsRead = (...table: Parameters<typeof readTable>[1]) => {
  const reading = readTable(orange, table);
  return reading.kind === 'rows' ? reading.rows.length : reading.kind;
};

describe('the header row', () => {
  it('is found by name: any order, any case, with or without accents, with blanks around', () => {
    expect(
      rowsRead(
        [' CORRESPONDANT ', 'date', 'HEURE\t', 'reference', '\u00a0Statut', 'CREDIT', 'compte  om'],
        ['0707123456', '07/03/2026', '09:28:53', 'PP1', 'SUCCES', 5000, '0700000001'],
      ),
    ).toBe(1);
  });

  it('may have accents written as two characters', () => {
    expect(
      rowsRead(
        HEADER.map((name) => name.normalize('NFD')),
        GOOD,
      ),
    ).toBe(1);
  });

  it('may have more columns than the layout', () => {
    expect(rowsRead(['N°', ...HEADER, 'Solde', ''], [1, ...GOOD, 99_000, 'x'])).toBe(1);
  });

  it('is the first row that holds every required column, under any number of other rows', () => {
    const preamble = Array.from({ length: 22 }, (_, line) => [`Ligne ${line}`, 'Date', 'Référence']);
    expect(rowsRead(...preamble, HEADER, GOOD, GOOD)).toBe(2);
  });

  it('gives the first of two columns of one name', () => {
    const reading = readTable(orange, [
      [...HEADER, 'Crédit'],
      [...GOOD, 7],
    ]);
    expect(reading.kind === 'rows' && reading.rows.map(({ amount }) => amount)).toEqual([5_000]);
  });

  it('that lacks a column refuses the file and names what is missing in the row that came closest', () => {
    const reading = readTable(orange, [['Relevé', 'Date'], HEADER.filter((name) => name !== 'Crédit'), GOOD]);
    expect(refusalOf(reading, 'refuse')).toEqual({ kind: 'headers', missing: ['Crédit'] });
  });

  it('that lacks a column in several rows is the first of those that come equally close', () => {
    const without = (...missing: readonly string[]) => HEADER.filter((name) => !missing.includes(name));
    const reading = readTable(orange, [without('Date', 'Heure'), without('Crédit'), without('Statut'), GOOD]);
    expect(refusalOf(reading, 'refuse')).toEqual({ kind: 'headers', missing: ['Crédit'] });
  });

  it('is known to have been found before any row came after it', () => {
    const reader = new StatementReader(orange, { epoch: 1900, typed: true });
    reader.read([['Relevé']]);
    expect([reader.headerFound, reader.count]).toEqual([false, 0]);
    reader.read([HEADER]);
    expect([reader.headerFound, reader.count]).toEqual([true, 0]);
    reader.read([GOOD, GOOD, []]);
    expect([reader.headerFound, reader.count]).toEqual([true, 2]);
  });

  it('holds every column that the layout names, but for those that a statement can do without', () => {
    expect(requiredHeaders(operatorNamed('MTNCI'))).toEqual(['EndDateTime', 'TransactionId', 'ResponseMessage', 'Amount', 'ServiceProviderCode', 'MSISDN']);
    expect(requiredHeaders(operatorNamed('DDVAVISA'))).toEqual(['Date et heure', 'ID de requête', 'Décision', 'Montant', 'ID du marchand', 'UUID de la transaction']);
  });

  it('needs the transId column where that is what ties a row to a failed transaction', () => {
    expect(requiredHeaders(operatorNamed('DDVAVISA'))).toContain('UUID de la transaction');
    expect(requiredHeaders(operatorNamed('MTNCI'))).not.toContain('IdTransactionCP');
  });

  it.each(OPERATORS)('of $code holds its moment, payid, status, amount, account and phone', (operator) => {
    const { columns, moment } = operator.layout;
    const moments = moment.kind === 'one-column' ? [moment.column] : [moment.dateColumn, moment.timeColumn];
    for (const name of [...moments, columns.payid, columns.status, columns.amount, columns.account]) expect(requiredHeaders(operator)).toContain(name);
  });
});
