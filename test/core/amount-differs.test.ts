import { describe, expect, it } from 'vitest';
import { match, noonAfter, paid, transaction } from './ledger-rows.ts';
import { named } from './names.ts';

describe('2. montant_different: a statement row and a success with its reference and another amount', () => {
  it('are shown together, with the difference in the bridge', () => {
    const result = match([paid(0)], [transaction({ amount: '4000' })]);
    expect(named(result)).toEqual({ amountDiffers: ['0-T1'] });
    expect(result.bridge.amountDiffers).toEqual({ amount: 1_000, count: 0 });
  });

  it('are first row and first success, even where a later success has the amount', () => {
    const exact = transaction({ transId: 'T2', createdAt: noonAfter(60) });
    expect(named(match([paid(0)], [transaction({ amount: '4000' }), exact]))).toEqual({ amountDiffers: ['0-T1'], ledgerDuplicates: ['T2'] });
  });

  it('are not looked for among failed transactions', () => {
    const failed = transaction({ transId: 'T2', status: 'FAILED' });
    expect(named(match([paid(0)], [transaction({ amount: '4000' }), failed]))).toEqual({ amountDiffers: ['0-T1'] });
  });

  it('differ where only the sign does: a reversal is not its payment', () => {
    expect(named(match([paid(0, { Crédit: '-5000' })], [transaction()]))).toEqual({ amountDiffers: ['0-T1'] });
  });
});
