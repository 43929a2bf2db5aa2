import { describe, expect, it } from 'vitest';
import { bridgeOf } from '../../lib/core/bridge.ts';
import { failed, match, noonAfter, paid, transaction } from './ledger-rows.ts';

const rows = [
  paid(0),
  paid(60, { Référence: 'PP2', Crédit: 1_000 }),
  paid(70, { Référence: 'PP2', Crédit: 1_001 }),
  paid(80, { Référence: 'PP3', Crédit: 20 }),
  paid(90, { Référence: 'PP4', Crédit: 300_000 }),
];
const transactions = [
  transaction(),
  transaction({ transId: 'T2', payid: 'PP2', amount: '999' }),
  transaction({ transId: 'T3', payid: 'PP2', amount: '7', createdAt: noonAfter(5) }),
  failed(80, { transId: 'T4', amount: '20' }),
  transaction({ transId: 'T5', payid: 'PP5', amount: '60000' }),
];

describe('the bridge', () => {
  it('names what each class adds to the difference of amounts and of counts', () => {
    expect(match(rows, transactions).bridge).toEqual({
      correspondents: { amount: 20, count: 1 },
      unexplained: { amount: 300_000, count: 1 },
      statementDuplicates: { amount: 1_001, count: 1 },
      amountDiffers: { amount: 1, count: 0 },
      ledgerDuplicates: { amount: -7, count: -1 },
      absent: { amount: -60_000, count: -1 },
      amountResidual: 0,
      countResidual: 0,
    });
  });

  it('is held against totals that are summed from all rows, not from the classes', () => {
    const { totals } = match(rows, transactions);
    expect(totals).toEqual({ operatorAmount: 307_021, ledgerAmount: 66_006, amountDifference: 241_015, operatorCount: 5, ledgerCount: 4, countDifference: 1 });
  });

  it('shows a residual where a class has lost a row', () => {
    const { classes, totals } = match(rows, transactions);
    expect(bridgeOf({ ...classes, unexplained: [] }, totals)).toMatchObject({ amountResidual: 300_000, countResidual: 1 });
    expect(bridgeOf({ ...classes, absent: [] }, totals)).toMatchObject({ amountResidual: -60_000, countResidual: -1 });
  });

  it('refuses totals beyond exact integers rather than round them', () => {
    const huge = { Crédit: '9007199254740991' };
    expect(() => match([paid(0, huge), paid(1, { ...huge, Référence: 'PP2' })], [])).toThrow(new RangeError('a total exceeds exact integers'));
  });

  it('of nothing is nothing', () => {
    expect(match([], []).bridge).toMatchObject({ amountResidual: 0, countResidual: 0 });
  });
});
