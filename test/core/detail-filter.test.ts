import { describe, expect, it } from 'vitest';
import { type DetailFilter, detailTest } from '../../lib/core/detail-filter.ts';
import type { Currency } from '../../lib/core/operator.ts';
import { aRowDetail, aTransactionDetail } from '../fakes/some-details.ts';

const fits = (filter: DetailFilter, sides: Parameters<NonNullable<ReturnType<typeof detailTest>>>[0], currency: Currency = 'XOF') => detailTest(filter, currency)?.(sides);

describe('a filter by phone', () => {
  it.each([
    ['0707123456', '0707123456'],
    ['+225 07 07 12 34 56', '0707123456'],
    ['0707123456', '2250707123456'],
    ['00225 0707123456', '07-07-12-34-56'],
    ['707123456', '0707123456'],
    ['0707123456', '07123456'],
    ['0707123456', 'FRI:2250707123456/MSISDN'],
    ['243812345678', '0812345678'],
    ['123456', '0707123456'],
  ])('%s finds %s', (wanted, shown) => {
    expect(fits({ phone: wanted }, { row: aRowDetail(1, { phone: shown }) })).toBe(true);
  });

  it.each(['0707123457', '', '456', '23456', '0507123456'])('0707123456 does not find %j', (shown) => {
    expect(fits({ phone: '0707123456' }, { row: aRowDetail(1, { phone: shown }) })).toBe(false);
  });

  it('looks at both sides of a pair, and at the only side there is', () => {
    const row = aRowDetail(1, { phone: '0700000001' });
    const transaction = aTransactionDetail(1, { phone: '0700000002' });
    expect([fits({ phone: '0700000002' }, { row, transaction }), fits({ phone: '0700000002' }, { row }), fits({ phone: '0700000002' }, { transaction })]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('a filter by payid', () => {
  it('compares exactly, as matching does', () => {
    expect(['PP1', 'pp1', 'PP', 'PP12'].map((payid) => fits({ payid: 'PP1' }, { row: aRowDetail(9, { payid }) }))).toEqual([true, false, false, false]);
  });
});

describe('a filter by amount', () => {
  it('has both of its ends, and reads amounts as the file shows them', () => {
    const shown = ['4 999', '5,000', '5000.00', '5 000 FCFA', '6.000', '6001'];
    expect(shown.map((amount) => fits({ least: '5000', most: '6000' }, { row: aRowDetail(1, { amount }) }))).toEqual([false, true, true, true, true, false]);
  });

  it('may have one end only', () => {
    expect(fits({ least: '5001' }, { row: aRowDetail(1) })).toBe(false);
    expect(fits({ most: '-1' }, { row: aRowDetail(1, { amount: '-300' }) })).toBe(true);
  });

  it('knows the cents of currencies that have some, and takes a bound between two francs', () => {
    expect(fits({ least: '12,50', most: '12.50' }, { row: aRowDetail(1, { amount: '12.5' }) }, 'USD')).toBe(true);
    expect(fits({ least: '12,51' }, { row: aRowDetail(1, { amount: '12.5' }) }, 'USD')).toBe(false);
    expect([fits({ least: '4999.5' }, { row: aRowDetail(1) }), fits({ most: '4999.5' }, { row: aRowDetail(1) })]).toEqual([true, false]);
  });
});

it('of everything that a filter gives, all must fit', () => {
  const row = aRowDetail(1, { payid: 'PP1', amount: '5000' });
  expect(fits({ payid: 'PP1', most: '4000' }, { row })).toBe(false);
  expect(fits({ payid: 'PP1', most: '5000', phone: '0707123456' }, { row })).toBe(true);
});

it('a filter by class alone looks at no row', () => {
  expect(detailTest({ classes: ['absent'] }, 'XOF')).toBeUndefined();
});
