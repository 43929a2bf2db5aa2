import { describe, expect, it } from 'vitest';
import { match, noonAfter, paid, transaction } from './ledger-rows.ts';
import { named } from './names.ts';

describe('4. doublon_cinetpay: a further success of the period with a reference already seen', () => {
  it('is one even where the statement has no such row', () => {
    const second = transaction({ transId: 'T2', createdAt: noonAfter(1) });
    expect(named(match([], [second, transaction()]))).toEqual({ absent: ['T1'], ledgerDuplicates: ['T2'] });
  });

  it('is one where the first of its reference lies in the margin', () => {
    expect(named(match([paid(0)], [transaction({ createdAt: '2026-03-06T23:30:00Z' }), transaction({ transId: 'T2' })]))).toEqual({ matched: ['0-T1'], ledgerDuplicates: ['T2'] });
  });

  it('is in no class where it lies in the margin itself', () => {
    expect(named(match([paid(0)], [transaction(), transaction({ transId: 'T2', createdAt: '2026-03-08T00:30:00Z' })]))).toEqual({ matched: ['0-T1'] });
  });

  it('counts against CinetPay in the bridge', () => {
    const { bridge, totals } = match([paid(0)], [transaction(), transaction({ transId: 'T2', createdAt: noonAfter(1), amount: '700' })]);
    expect(bridge.ledgerDuplicates).toEqual({ amount: -700, count: -1 });
    expect(totals).toMatchObject({ amountDifference: -700, countDifference: -1 });
  });

  it('is not one without a reference: each such success stands for itself', () => {
    expect(named(match([], [transaction({ payid: '' }), transaction({ transId: 'T2', payid: '' })]))).toEqual({ absent: ['T1', 'T2'] });
  });
});
