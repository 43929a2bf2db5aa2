import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGE_BUCKETS, ageBucket, businessDays, daysBetween, stateOf } from '../../lib/core/open-item.ts';

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
