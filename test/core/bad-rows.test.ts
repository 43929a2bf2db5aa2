import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../lib/core/statement-refusal.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { orangeRow, readObjects, readTable } from './reading.ts';

const orange = operatorNamed('OMCI');

describe('a bad row', () => {
  it.each(['Date', 'Heure', 'Référence', 'Statut', 'Crédit', 'Compte OM', 'Correspondant'])('is one without a value for %s', (column) => {
    const { bad } = readObjects(orange, [orangeRow(), orangeRow({ [column]: null })]);
    expect(bad).toEqual([{ number: 1, problems: [{ column, reason: 'valeur manquante' }] }]);
  });

  it('is listed with each column that is wrong, and why, once', () => {
    const { bad } = readObjects(orange, [orangeRow(), orangeRow({ Date: '32/01/2026', Crédit: 'cinq mille', Correspondant: '?', 'Compte OM': 'autre' })]);
    expect(bad).toHaveLength(1);
    expect(bad[0]?.problems).toEqual([
      { column: 'Date', reason: 'date ou heure illisible' },
      { column: 'Crédit', reason: 'pas un montant' },
      { column: 'Correspondant', reason: 'numéro de téléphone illisible' },
      { column: 'Compte OM', reason: "compte d'un autre que l'opérateur" },
    ]);
  });

  it('is numbered among the data rows, from 0, whatever stands above and between them', () => {
    const header = Object.keys(orangeRow());
    const good = Object.values(orangeRow());
    const reading = readTable(orange, [['Relevé'], [], header, good, [], header, good, ['abc', ...good.slice(1)], good]);
    expect(reading.kind === 'rows' && reading.bad.map(({ number }) => number)).toEqual([2]);
  });

  it('is numbered in the same count as rows that are set aside', () => {
    const { bad } = readObjects(orange, [orangeRow({ Crédit: '-' }), orangeRow({ Crédit: 'x' })]);
    expect(bad.map(({ number }) => number)).toEqual([1]);
  });

  it('refuses the whole statement, unless the operator sets bad rows apart', () => {
    const reading = readObjects(orange, [orangeRow(), orangeRow({ Crédit: 'x' })]);
    expect(refusalOf(reading, 'refuse')).toEqual({ kind: 'bad-rows', rows: reading.bad });
    expect(refusalOf(reading, 'quarantine')).toBeUndefined();
    expect(reading.rows.map(({ number }) => number)).toEqual([0]);
  });

  it('is not one whose transId is empty', () => {
    const mtn = {
      EndDateTime: '03/07/2026 09:28:53',
      TransactionId: 'PP1',
      ResponseMessage: 'SUCCES',
      Amount: 100,
      ServiceProviderCode: 'CINETPAY',
      MSISDN: '0501234567',
      IdTransactionCP: '',
    };
    expect(readObjects(operatorNamed('MTNCI'), [mtn]).bad).toEqual([]);
  });

  it('is not one with a lone - as amount: there was no credit on that line, so it is set aside and never summed', () => {
    const { rows, bad, setAside, count } = readObjects(orange, [orangeRow({ Crédit: '-' }), orangeRow()]);
    expect([rows.length, bad.length, count]).toEqual([1, 0, 2]);
    expect(setAside).toMatchObject([{ number: 0, reason: 'no-credit', amount: '-' }]);
  });
});

describe('a file without rows', () => {
  it('is refused with an empty list of bad rows', () => {
    for (const rows of [[], [[]], [Object.keys(orangeRow())], [Object.keys(orangeRow()), [], [null, '']]]) {
      expect(refusalOf(readTable(orange, rows), 'refuse')).toEqual({ kind: 'bad-rows', rows: [] });
    }
  });
});
