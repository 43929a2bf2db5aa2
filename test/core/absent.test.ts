import { describe, expect, it } from 'vitest';
import { match, paid, transaction } from './ledger-rows.ts';
import { named } from './names.ts';

const at = (transId: string, createdAt: string) => transaction({ transId, createdAt, payid: transId });

describe('7. absent_operateur: a success of the period that no row claims', () => {
  it('is shown, and counts against CinetPay', () => {
    const result = match([paid(0)], [transaction(), transaction({ transId: 'T2', payid: 'PP2', amount: '700' })]);
    expect(named(result)).toEqual({ matched: ['0-T1'], absent: ['T2'] });
    expect(result.bridge.absent).toEqual({ amount: -700, count: -1 });
  });

  it('is not explained by a row of its phone and amount that has another reference', () => {
    expect(named(match([paid(0, { Référence: 'PP9' })], [transaction()]))).toEqual({ unexplained: [0], absent: ['T1'] });
  });

  it('is marked where it lies within the margin of either end of the period', () => {
    const transactions = [
      at('A', '2026-03-07T00:00:00Z'),
      at('B', '2026-03-07T00:59:59.999999Z'),
      at('C', '2026-03-07T01:00:00Z'),
      at('D', '2026-03-07T22:59:59Z'),
      at('E', '2026-03-07T23:00:00Z'),
    ];
    expect(named(match([], transactions))).toEqual({ absent: ['A!', 'B!', 'C', 'D', 'E!'] });
  });

  it('is not one before or after the period', () => {
    expect(named(match([], [at('A', '2026-03-06T23:59:59.999999Z'), at('B', '2026-03-08T00:00:00Z')]))).toEqual({});
  });

  it('is not a transaction that failed', () => {
    expect(named(match([], [transaction({ status: 'FAILED' })]))).toEqual({});
  });
});
