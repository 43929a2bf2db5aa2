import { describe, expect, it } from 'vitest';
import { ledgerFact, openAbsence, openRow } from '../../lib/core/open-details.ts';
import { aRowDetail, aTransactionDetail } from '../fakes/some-details.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { transaction } from './ledger-rows.ts';

const PLACE = { tacheId: 7, position: 3, day: '2026-03-07' };
const orange = operatorNamed('OMCI');
/** Its rows left over are compared by custom reference. */
const visa = operatorNamed('DDVAVISA');

describe('a row that nothing explains', () => {
  it('is held against later facts by reference, amount, moment and phone', () => {
    expect(openRow(PLACE, 42, aRowDetail(9), orange)).toEqual({
      ...PLACE,
      kind: 'unexplained',
      name: '42',
      number: 9,
      time: Date.UTC(2026, 2, 7, 12) / 1_000,
      payid: 'PP9',
      amount: 5_000,
      correspondence: '2250707123456',
    });
  });

  it('without a phone is held against custom references', () => {
    expect(openRow(PLACE, 42, aRowDetail(9, { phone: '', transId: 'C1' }), visa).correspondence).toBe('C1');
    expect(openRow(PLACE, 42, aRowDetail(9, { phone: '' }), visa).correspondence).toBeUndefined();
  });

  it('whose phone is shown without its zero has it again, and only then', () => {
    const phone = (shown: string) => openRow(PLACE, 42, aRowDetail(9, { phone: shown }), orange).correspondence;
    expect([phone('707123456'), phone('0707123456'), phone('x707123456'), phone('707123456 x')]).toEqual(['2250707123456', '2250707123456', '707123456', '707123456']);
    expect(phone('7071234567890123')).toBe('7071234567890123');
  });

  it('without a reference matches none', () => {
    expect(openRow(PLACE, 42, aRowDetail(9, { payid: '-' }), orange).payid).toBeUndefined();
  });

  it('whose amount cannot be read has none', () => {
    expect(openRow(PLACE, 42, aRowDetail(9, { amount: 'abc' }), orange).amount).toBeNaN();
  });
});

it('a success that the operator does not have is held against later statements by its id, reference and amount', () => {
  expect(openAbsence(PLACE, aTransactionDetail(1, { payid: 'PP1' }), orange)).toEqual({ ...PLACE, kind: 'absent', name: 'T1', payid: 'PP1', amount: 5_000 });
});

describe('a transaction as open items are held against it', () => {
  it('tells its reference, its amount, its moment, its phone and whether it is a success', () => {
    expect(ledgerFact(transaction({ payid: ' PP1 ' }), orange)).toEqual({
      transId: 'T1',
      created: Date.UTC(2026, 2, 7, 12) * 1_000,
      payid: 'PP1',
      amount: 5_000,
      isSuccess: true,
      status: 'SUCCES',
      correspondence: '2250707123456',
    });
    expect(ledgerFact(transaction({ status: 'FAILED', phone: '' }), orange)).toMatchObject({ isSuccess: false, status: 'FAILED', correspondence: undefined });
  });

  it('tells its custom reference where the operator compares those', () => {
    const { paymentMethod, merchant = 'M', serviceName = 'S' } = visa.ledger;
    expect(ledgerFact(transaction({ paymentMethod, merchant, serviceName, custom: ' C1 ' }), visa)?.correspondence).toBe('C1');
  });

  it('has no amount where it does not exist in the currency of the operator', () => {
    expect(ledgerFact(transaction({ amount: '5000.50' }), orange)?.amount).toBeNaN();
  });

  it('is none where it is of another operator, or of no moment', () => {
    expect(ledgerFact(transaction({ paymentMethod: 'MOMO' }), orange)).toBeUndefined();
    expect(ledgerFact(transaction({ createdAt: 'hier' }), orange)).toBeUndefined();
  });
});
