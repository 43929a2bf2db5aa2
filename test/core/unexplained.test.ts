import { describe, expect, it } from 'vitest';
import { failed, match, paid } from './ledger-rows.ts';
import { named } from './names.ts';

describe('6. not_correspondent: a row that nothing explains', () => {
  it('is each further payment once the failed transactions of its customer and amount are used up', () => {
    const rows = [paid(0), paid(60, { Référence: 'PP2' }), paid(120, { Référence: 'PP3' })];
    expect(named(match(rows, [failed(0), failed(60, { transId: 'T2' })]))).toEqual({ correspondents: ['0-T1', '1-T2'], unexplained: [2] });
  });

  it('is a reversal, and counts with its sign', () => {
    const result = match([paid(0, { Crédit: '-5 000' })], []);
    expect(named(result)).toEqual({ unexplained: [0] });
    expect(result.bridge.unexplained).toEqual({ amount: -5_000, count: 1 });
  });

  it('is every row where the ledger is empty', () => {
    expect(named(match([paid(0), paid(0, { Référence: 'PP2' })], []))).toEqual({ unexplained: [0, 1] });
  });
});
