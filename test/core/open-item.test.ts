import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGE_BUCKETS, ageBucket, businessDays, daysBetween, minus, NOTHING, type PlacedOverlay, plus, resolvedOf, stateOf, stillOpen } from '../../lib/core/open-item.ts';

describe('the age of an open item', () => {
  it.each([
    [-2, '0-1'],
    [0, '0-1'],
    [1, '0-1'],
    [2, '2-7'],
    [7, '2-7'],
    [8, '8-30'],
    [30, '8-30'],
    [31, '31+'],
    [4_000, '31+'],
  ] as const)('of %i days is in the bucket %s', (days, bucket) => {
    expect(ageBucket(days)).toBe(bucket);
  });

  it('never falls back into a younger bucket', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 500 }), fc.nat(500), (days, more) => {
        expect(AGE_BUCKETS.indexOf(ageBucket(days + more))).toBeGreaterThanOrEqual(AGE_BUCKETS.indexOf(ageBucket(days)));
      }),
    );
  });

  it('counts days of the calendar, whatever month or year ends between them', () => {
    expect(daysBetween('2026-02-28', '2026-03-01')).toBe(1);
    expect(daysBetween('2025-12-31', '2026-01-01')).toBe(1);
    expect(daysBetween('2026-03-08', '2026-03-07')).toBe(-1);
  });

  it('begins on the day that the clocks of the operator show', () => {
    expect(businessDays('Africa/Abidjan')('2026-03-07T23:30:00Z')).toBe('2026-03-07');
    expect(businessDays('Africa/Douala')('2026-03-07T23:30:00Z')).toBe('2026-03-08');
    expect(businessDays('Africa/Douala')('2026-03-07T22:59:59.999999Z')).toBe('2026-03-07');
  });
});

describe('the state of an open item', () => {
  const resolved = { state: 'resolved', explanation: { how: 'set-aside' }, at: '', event: '' } as const;
  const proposed = { state: 'proposed', proposal: { how: 'correspondent', transId: 'T', ambiguous: false } } as const;

  it('is new until it was tried, then persistent, and resolved once something explains it: a proposal does not', () => {
    expect(stateOf({}, undefined)).toBe('new');
    expect(stateOf({}, proposed)).toBe('new');
    expect(stateOf({ triedAt: 'x' }, undefined)).toBe('persistent');
    expect(stateOf({ triedAt: 'x' }, proposed)).toBe('persistent');
    expect(stateOf({ triedAt: 'x' }, { state: 'reopened' })).toBe('persistent');
    expect(stateOf({}, resolved)).toBe('resolved');
  });
});

describe('the sum of open items', () => {
  const resolved = { state: 'resolved', explanation: { how: 'set-aside' }, at: '', event: '' } as const;
  const placed = (amount: number, changes: Partial<PlacedOverlay> = {}): PlacedOverlay => ({ position: 0, day: '2026-03-07', amount, name: 'T', overlay: resolved, ...changes });

  it('adds and takes away counts and amounts alike', () => {
    expect(plus({ count: 2, amount: 500 }, { count: 1, amount: -200 })).toEqual({ count: 3, amount: 300 });
    expect(minus({ count: 2, amount: 500 }, { count: 1, amount: -200 })).toEqual({ count: 1, amount: 700 });
  });

  it('of what is resolved is of one day, without what is only proposed or was reopened', () => {
    const overlays = [placed(100), placed(30), placed(7, { day: '2026-03-08' }), placed(5, { overlay: { state: 'reopened' } })];
    expect(resolvedOf(overlays, '2026-03-07')).toEqual({ count: 2, amount: 130 });
    expect(resolvedOf([], '2026-03-07')).toEqual(NOTHING);
  });

  it('of a page is what its run left open without what was resolved since', () => {
    const page = {
      operatorCode: 'OMCI',
      day: '2026-03-07',
      tacheId: 1,
      edition: 'e',
      kind: 'absent',
      page: 0,
      rows: 5,
      owner: 'awa',
      currency: 'XOF',
      timeZone: 'Africa/Abidjan',
      openedAt: '2026-03-07T12:00:00Z',
      opened: { count: 5, amount: 900 },
      resolved: { count: 2, amount: 300 },
      isCounted: true,
    } as const;
    expect(stillOpen(page)).toEqual({ count: 3, amount: 600 });
  });
});

it('a text that is no instant has no business day', () => {
  expect(() => businessDays('Africa/Abidjan')('hier')).toThrow(new RangeError('no instant, and so no business day'));
});
