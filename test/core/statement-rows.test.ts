import { describe, expect, it } from 'vitest';
import { timeSpan } from '../../lib/core/statement.ts';
import { type StatementRow, StatementRows } from '../../lib/core/statement-rows.ts';

const row = (number: number, changes: Partial<StatementRow> = {}): StatementRow => ({
  number,
  time: 50,
  payid: `PP${number}`,
  amount: 5_000,
  phone: '2250707123456',
  transId: '',
  shown: { amount: '5 000', phone: '0707123456', status: 'SUCCES', account: '0700000001' },
  ...changes,
});
const shownPhone = (phone: string) => ({ ...row(0).shown, phone });

function pushed(phone: string, shown: string, cell?: string | number | null) {
  const rows = new StatementRows('CI');
  rows.push(row(0, { phone, shown: shownPhone(shown) }), cell);
  return [rows.phone(0), rows.correspondence(0), rows.correspondenceNumber(0)];
}

describe('the rows of a statement', () => {
  it('are what was put in, past any first size, and whether or not they were expected', () => {
    const many = Array.from({ length: 2_500 }, (_, number) =>
      row(number, { time: number, amount: number * 2, transId: `U${number % 7}`, payid: number % 3 === 0 ? '-' : `PP${number}` }),
    );
    const expected = new StatementRows('CI');
    for (const [index, one] of many.entries()) {
      expected.push(one);
      if (index === 700) expected.expect(10);
      if (index === 1_500) expected.expect(2_400);
    }
    for (const rows of [StatementRows.from(many, 'CI'), expected]) {
      const values = rows.map(({ number, time, payid, amount, phone, transId, shown }) => ({ number, time, payid, amount, phone, transId, shown }));
      expect(values).toEqual(many);
      expect(many.map((_, index) => rows.hasReference(index))).toEqual(many.map(({ payid }) => payid !== '-'));
    }
  });

  it('have room for all that are expected before the first of them comes', () => {
    const rows = new StatementRows('CI');
    rows.expect(5_000);
    expect(rows.payids.parts.ends.length).toBeGreaterThan(5_000);
    expect([rows.statuses.parts.ids.length, rows.accounts.parts.ids.length]).toEqual([5_000, 5_000]);
  });

  it('come one before the other by time, then by amount, then by their place in the file', () => {
    const rows = StatementRows.from([row(3), row(5), row(4, { amount: 4_999 }), row(9, { time: 49 })], 'CI');
    const order = [0, 1, 2, 3].toSorted((one, other) => (rows.comesBefore(one, other) ? -1 : 1));
    expect(order).toEqual([3, 2, 0, 1]);
    expect([rows.comesBefore(0, 1), rows.comesBefore(1, 0), rows.comesBefore(0, 0)]).toEqual([true, false, false]);
  });

  it('have the phone that they were given, or that is read from what the file shows once it is asked for', () => {
    expect(pushed('2250101010101', '0707123456')).toEqual(['2250101010101', '2250101010101', Number.NaN]);
    expect(pushed('2250707123456', '0707123456', '0707123456')).toEqual(['2250707123456', '2250707123456', 2_250_707_123_456]);
    expect(pushed('2250707123456', '707123456', 707_123_456)).toEqual(['2250707123456', '2250707123456', 2_250_707_123_456]);
    expect(pushed('707123456', '707123456', '707123456')).toEqual(['707123456', '707123456', 707_123_456]);
  });

  it('without a phone that can be read have none', () => {
    expect(pushed('', 'inconnu', 'inconnu')).toEqual(['', undefined, Number.NaN]);
    expect(pushed('', '', null)).toEqual(['', undefined, Number.NaN]);
  });

  it('are put in the order of their references once, until another comes', () => {
    const rows = StatementRows.from([row(0), row(1, { payid: 'NULL' }), row(2)], 'CI');
    const sorted = rows.sortedReferences();
    expect([sorted.length, rows.sortedReferences() === sorted]).toEqual([2, true]);
    rows.push(row(3));
    expect(rows.sortedReferences().length).toBe(3);
  });

  it('can be gone through like any list, and left out by number', () => {
    const rows = StatementRows.from([row(4), row(2), row(7)], 'CI');
    expect([...rows].map(({ number }) => number)).toEqual([4, 2, 7]);
    expect(rows.filter(({ number }, index) => number > 3 && index > 0).map(({ number }) => number)).toEqual([7]);
    expect(rows.toSorted((one, other) => one.number - other.number).map(({ number }) => number)).toEqual([2, 4, 7]);
    expect(rows.without(new Set([2])).map(({ number, phone }) => [number, phone])).toEqual([
      [4, '2250707123456'],
      [7, '2250707123456'],
    ]);
  });

  it('reach from the first to the last of their moments; of none there is no span', () => {
    expect(timeSpan(StatementRows.from([row(0, { time: 60 }), row(1, { time: 40 }), row(2)], 'CI'))).toEqual({ first: 40, last: 60 });
    expect(timeSpan(StatementRows.from([row(0)], 'CI'))).toEqual({ first: 50, last: 50 });
    expect(timeSpan(new StatementRows('CI'))).toBeUndefined();
  });
});
