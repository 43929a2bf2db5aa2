import { describe, expect, it } from 'vitest';
import { match, noonAfter, paid, transaction } from './ledger-rows.ts';
import { named } from './names.ts';

describe('1. rapproche: a statement row and a success with its reference and its amount', () => {
  it('are matched whatever their time, phone and order', () => {
    expect(named(match([paid(3_600)], [transaction({ phone: '0101010101', createdAt: noonAfter(-7_200) })]))).toEqual({ matched: ['0-T1'] });
  });

  it('are compared by reference exactly: case counts', () => {
    expect(named(match([paid(0, { Référence: 'pp1' })], [transaction({ phone: '' })]))).toEqual({ unexplained: [0], absent: ['T1'] });
  });

  it('are compared by amount, not by spelling', () => {
    for (const spelling of ['5 000', '5,000', '5000.00', 5000])
      expect(named(match([paid(0, { Crédit: spelling })], [transaction({ amount: '5000.0' })]))).toEqual({ matched: ['0-T1'] });
  });

  it('are matched with the earliest of several successes', () => {
    const later = transaction({ transId: 'T0', createdAt: noonAfter(1) });
    expect(named(match([paid(0)], [later, transaction()]))).toEqual({ matched: ['0-T1'], ledgerDuplicates: ['T0'] });
  });

  it('tell the earliest success by fractions of a second', () => {
    const later = transaction({ transId: 'T0', createdAt: '2026-03-07T12:00:00.000001Z' });
    expect(named(match([paid(0)], [later, transaction()]))).toEqual({ matched: ['0-T1'], ledgerDuplicates: ['T0'] });
  });

  it('of successes of one instant take the smaller transaction id', () => {
    expect(named(match([paid(0)], [transaction({ transId: 'T10' }), transaction({ transId: 'T2' })]))).toEqual({ matched: ['0-T10'], ledgerDuplicates: ['T2'] });
  });

  it.each(['-', 'NULL', 'null'])('never match by a reference "%s"', (nothing) => {
    const rows = [paid(0, { Référence: nothing, Correspondant: '0101010101' }), paid(0, { Référence: nothing, Correspondant: '0101010101' })];
    expect(named(match(rows, [transaction({ payid: nothing })]))).toEqual({ unexplained: [0, 1], absent: ['T1'] });
  });

  it('are two payments where everything but the reference is equal', () => {
    const rows = [paid(0), paid(0, { Référence: 'PP2' })];
    expect(named(match(rows, [transaction(), transaction({ transId: 'T2', payid: 'PP2' })]))).toEqual({ matched: ['0-T1', '1-T2'] });
  });
});
