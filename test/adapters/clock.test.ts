import { describe, expect, it } from 'vitest';
import { now, timeLimit } from '../../lib/adapters/clock.ts';
import type { Clock } from '../../lib/ports.ts';
import { clockAt } from '../fakes/clock.ts';

describe.each<[string, Clock]>([
  ['the clock', now],
  ['a clock in the hand', clockAt('2026-03-08T06:00:00Z').now],
])('%s', (_what, clock) => {
  it('tells the instant in UTC with six decimals, and never goes back', () => {
    const [one, other] = [clock(), clock()];
    expect(one).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/u);
    expect(Date.parse(one)).not.toBeNaN();
    expect(other >= one).toBe(true);
  });
});

describe('a time limit', () => {
  it('of no time is over, one of an hour is not', () => {
    expect([timeLimit(-1)(), timeLimit(3_600_000)()]).toEqual([true, false]);
  });
});
