import { describe, expect, it } from 'vitest';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { match, paid, transaction } from './ledger-rows.ts';
import { named } from './names.ts';

const at = (createdAt: string, changes = {}) => transaction({ createdAt, ...changes });
const MARGIN = '2026-03-06T23:00:00Z';
const OUTSIDE = '2026-03-06T22:59:59.999999Z';

describe('a success of the margin', () => {
  it('that a row claims is matched, and counts in CinetPay’s totals', () => {
    const result = match([paid(0)], [at(MARGIN)]);
    expect(named(result)).toEqual({ matched: ['0-T1'] });
    expect(result.totals).toMatchObject({ ledgerAmount: 5_000, ledgerCount: 1, amountDifference: 0 });
  });

  it('that a row claims with another amount counts as well', () => {
    expect(match([paid(0)], [at(MARGIN, { amount: '4000' })]).totals).toMatchObject({ ledgerAmount: 4_000, amountDifference: 1_000 });
  });

  it('that no row claims is in no class and in no total', () => {
    const result = match([], [at(MARGIN)]);
    expect(named(result)).toEqual({});
    expect(result.totals.ledgerCount).toBe(0);
  });
});

describe('a ledger row outside the window', () => {
  it('is not seen, whatever its reference', () => {
    expect(named(match([paid(0)], [at(OUTSIDE)]))).toEqual({ unexplained: [0] });
    expect(named(match([paid(0)], [at('2026-03-08T01:00:00Z')]))).toEqual({ unexplained: [0] });
  });

  it('explains no payment, however well it fits', () => {
    expect(named(match([paid(0)], [at(OUTSIDE, { status: 'FAILED' })]))).toEqual({ unexplained: [0] });
  });

  it('lies elsewhere with another margin', () => {
    const wide = operatorNamed('OMCI', { marginMinutes: 61 });
    expect(named(match([paid(0)], [at(OUTSIDE)], wide))).toEqual({ matched: ['0-T1'] });
  });
});

describe('a failed transaction of the margin', () => {
  it('explains a payment like any other', () => {
    expect(named(match([paid(0)], [at(MARGIN, { status: 'FAILED' })]))).toEqual({ correspondents: ['0-T1'] });
  });
});
