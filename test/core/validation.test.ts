import { expect, it } from 'vitest';
import { totalsAfter } from '../../lib/core/validation.ts';

const BEFORE = { operatorAmount: 12_000, ledgerAmount: 9_000, amountDifference: 3_000, operatorCount: 6, ledgerCount: 4, countDifference: 2 };

it('what a validation applied is among the successes of the ledger from then on, and the differences shrink by it', () => {
  expect(totalsAfter(BEFORE, { count: 1, amount: 2_500 })).toEqual({ ...BEFORE, ledgerAmount: 11_500, ledgerCount: 5, amountDifference: 500, countDifference: 1 });
});

it('a validation that applied nothing leaves the totals as they were', () => {
  expect(totalsAfter(BEFORE, { count: 0, amount: 0 })).toEqual(BEFORE);
});
