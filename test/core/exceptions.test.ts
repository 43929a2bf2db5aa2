import { describe, expect, it } from 'vitest';
import { detailsOf } from '../../lib/core/exceptions.ts';
import { failed, match, paid, transaction } from './ledger-rows.ts';

const rows = [
  paid(0),
  paid(60, { Référence: 'PP2' }),
  paid(120, { Référence: 'PP3', Crédit: '7 000' }),
  paid(180, { Référence: 'PP4', Crédit: 8_000 }),
  paid(190, { Référence: 'PP4', Crédit: 8_000 }),
];
const transactions = [
  failed(1, { transId: 'T1' }),
  failed(61, { transId: 'T2' }),
  transaction({ transId: 'T4', payid: 'PP4', amount: '1' }),
  transaction({ transId: 'T5', payid: 'PP4', amount: '2', createdAt: '2026-03-07T13:00:00Z' }),
  transaction({ transId: 'T6', payid: 'PP6', createdAt: '2026-03-07T23:30:00Z' }),
];

describe('the exceptions of a reconciliation', () => {
  const details = detailsOf(match(rows, transactions).classes, 100);

  it('have ids of one block: correspondents first, then rows that nothing explains', () => {
    expect(details.correspondents.map(({ id, row, transaction: { transId } }) => [id, row.payid, transId])).toEqual([
      [100, 'PP1', 'T1'],
      [101, 'PP2', 'T2'],
    ]);
    expect(details.unexplained.map(({ id, row }) => [id, row.payid])).toEqual([[102, 'PP3']]);
  });

  it('show a row as the file does, with its moment in UTC', () => {
    expect(details.unexplained[0]?.row).toMatchObject({ number: 2, time: '2026-03-07T12:02:00Z', amount: '7 000', phone: '0707123456', status: 'SUCCES', account: '0700000001' });
  });

  it('name the type of each anomaly, and whether an absent success lies near an edge', () => {
    expect(details.anomalies).toMatchObject([
      { type: 'amount-differs', row: { number: 3 }, transaction: { transId: 'T4' } },
      { type: 'statement-duplicate', row: { number: 4 } },
      { type: 'ledger-duplicate', transaction: { transId: 'T5' } },
      { type: 'absent', transaction: { transId: 'T6' }, nearEdge: true },
    ]);
  });

  it('are the same, ids included, when the ledger comes in another order', () => {
    expect(detailsOf(match(rows, [...transactions].reverse()).classes, 100)).toEqual(details);
  });

  it('show a transaction as the ledger does', () => {
    expect(details.correspondents[0]?.transaction).toEqual({
      transId: 'T1',
      createdAt: '2026-03-07T12:00:01Z',
      amount: '5000',
      phone: '0707123456',
      paymentMethod: 'OM',
      status: 'FAILED',
      payid: '',
      custom: '',
    });
  });

  it('of one class come by the number of their row, or by creation and id', () => {
    const twice = [paid(0), paid(1), paid(2), paid(3, { Référence: 'PP2' }), paid(4, { Référence: 'PP3' })];
    const ledger = [
      transaction({ transId: 'T1', amount: '1' }),
      transaction({ transId: 'T4', createdAt: '2026-03-07T12:00:02Z' }),
      transaction({ transId: 'T3', createdAt: '2026-03-07T12:00:02Z' }),
      transaction({ transId: 'T5', payid: 'PP2', amount: '2' }),
      transaction({ transId: 'T9', payid: 'PP8' }),
      transaction({ transId: 'T8', payid: 'PP9' }),
    ];
    const { anomalies } = detailsOf(match(twice, ledger).classes, 1);
    expect(anomalies.map((anomaly) => [anomaly.type, 'row' in anomaly ? anomaly.row.number : anomaly.transaction.transId])).toEqual([
      ['amount-differs', 0],
      ['amount-differs', 3],
      ['statement-duplicate', 1],
      ['statement-duplicate', 2],
      ['ledger-duplicate', 'T3'],
      ['ledger-duplicate', 'T4'],
      ['absent', 'T8'],
      ['absent', 'T9'],
    ]);
  });

  it('do not depend on the order in which a class lists its rows', () => {
    const { classes } = match([...rows, paid(300, { Référence: 'PP7', Crédit: 1 }), paid(310, { Référence: 'PP4' }), paid(320, { Référence: 'PP6', Crédit: 2 })], transactions);
    const { amountDiffers, statementDuplicates, unexplained } = classes;
    const reversed = {
      ...classes,
      amountDiffers: [...amountDiffers].reverse(),
      statementDuplicates: [...statementDuplicates].reverse(),
      unexplained: [...unexplained].reverse(),
    };
    expect([amountDiffers.length, statementDuplicates.length, unexplained.length]).toEqual([2, 2, 2]);
    expect(detailsOf(reversed, 100)).toEqual(detailsOf(classes, 100));
    expect(detailsOf(reversed, 100).unexplained.map(({ id, row }) => [id, row.number])).toEqual([
      [102, 2],
      [103, 5],
    ]);
  });
});
