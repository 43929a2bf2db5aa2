import { describe, expect, it } from 'vitest';
import { instantMicros, secondsInstant } from '../../lib/core/local-time.ts';
import { boundSeconds, contains, dayPeriod, isNearEdge, type Period, periodOf, reconciledPeriod, shownPeriod, widened } from '../../lib/core/period.ts';

const micros = (text: string) => instantMicros(text) ?? Number.NaN;
const DAY = { start: '2026-03-07T00:00', end: '2026-03-07T23:59' };

function period(...given: Parameters<typeof periodOf>): Period {
  const found = periodOf(...given);
  if (found === undefined) throw new Error('no period');
  return found;
}

const has = (stretch: Period, ...instants: string[]) => instants.map((instant) => contains(stretch, micros(instant)));

describe('the period', () => {
  it('holds both of its minutes to their last instant', () => {
    const day = period(DAY, 'Africa/Abidjan', undefined);
    expect(has(day, '2026-03-06T23:59:59.999999Z', '2026-03-07T00:00:00Z', '2026-03-07T23:59:59.999999Z', '2026-03-08T00:00:00Z')).toEqual([false, true, true, false]);
  });

  it('may be a single minute', () => {
    const minute = period({ start: '2026-03-07T10:00', end: '2026-03-07T10:00' }, 'Africa/Abidjan', undefined);
    expect(has(minute, '2026-03-07T10:00:00Z', '2026-03-07T10:00:59.999999Z', '2026-03-07T10:01:00Z')).toEqual([true, true, false]);
  });

  it.each([
    ['Africa/Douala', '2026-03-06T23:00:00Z'],
    ['Africa/Kinshasa', '2026-03-06T23:00:00Z'],
    ['Africa/Dakar', '2026-03-07T00:00:00Z'],
    ['Africa/Lome', '2026-03-07T00:00:00Z'],
    ['Africa/Ouagadougou', '2026-03-07T00:00:00Z'],
  ])('is local time of %s', (zone, first) => {
    expect(secondsInstant(period(DAY, zone, undefined).from / 1_000_000)).toBe(first);
  });

  it('that is not given reaches from a minute before the first row to a minute after the last, both included', () => {
    const first = micros('2026-03-07T08:00:30Z') / 1_000_000;
    const last = micros('2026-03-07T17:00:10Z') / 1_000_000;
    const taken = period({}, 'Africa/Douala', { first, last });
    expect(has(taken, '2026-03-07T07:59:29.999999Z', '2026-03-07T07:59:30Z', '2026-03-07T17:01:10Z', '2026-03-07T17:01:10.000001Z')).toEqual([false, true, true, false]);
  });

  it('may have one bound given and the other taken from the rows', () => {
    const span = { first: micros('2026-03-07T08:00:00Z') / 1_000_000, last: micros('2026-03-07T17:00:00Z') / 1_000_000 };
    expect(has(period({ start: DAY.start }, 'Africa/Abidjan', span), '2026-03-07T00:00:00Z', '2026-03-07T17:01:00Z', '2026-03-07T17:02:00Z')).toEqual([true, true, false]);
    expect(has(period({ end: DAY.end }, 'Africa/Abidjan', span), '2026-03-07T07:58:59Z', '2026-03-07T07:59:00Z', '2026-03-07T23:59:59Z')).toEqual([false, true, true]);
  });

  it('is unknown where neither the bounds nor the rows tell', () => {
    expect(periodOf({}, 'Africa/Abidjan', undefined)).toBeUndefined();
    expect(periodOf({ start: DAY.start }, 'Africa/Abidjan', undefined)).toBeUndefined();
  });

  it('is shown by its first and its last minute, in UTC', () => {
    expect(shownPeriod(period(DAY, 'Africa/Douala', undefined), true)).toEqual({ start: '2026-03-06T23:00:00Z', end: '2026-03-07T22:59:00Z' });
  });

  it.each(['2026-03-07', '2026-03-07 00:00', '2026-03-07T24:00', '2026-02-30T00:00', '2026-03-07T00:00:00', '07/03/2026T00:00'])('cannot be given as "%s"', (bound) => {
    expect(boundSeconds(bound)).toBeUndefined();
  });
});

describe('the window', () => {
  const day = period(DAY, 'Africa/Abidjan', undefined);

  it('is the period and the margin on both sides', () => {
    const window = widened(day, 60);
    expect(has(window, '2026-03-06T22:59:59.999999Z', '2026-03-06T23:00:00Z', '2026-03-08T00:59:59.999999Z', '2026-03-08T01:00:00Z')).toEqual([false, true, true, false]);
  });

  it('has the margin of the operator', () => {
    expect(has(widened(day, 0), '2026-03-06T23:59:59.999999Z', '2026-03-07T00:00:00Z')).toEqual([false, true]);
    expect(has(widened(day, 1_440), '2026-03-06T00:00:00Z', '2026-03-05T23:59:59Z')).toEqual([true, false]);
  });

  it('tells which instants of the period are near one of its ends', () => {
    const near = (instant: string) => isNearEdge(day, micros(instant), 60);
    expect(['2026-03-07T00:59:59.999999Z', '2026-03-07T01:00:00Z', '2026-03-07T22:59:59.999999Z', '2026-03-07T23:00:00Z'].map(near)).toEqual([true, false, false, true]);
  });
});

describe('the period that a tache shows', () => {
  it('is the one that it reconciled, where its end was given', () => {
    const day = period(DAY, 'Africa/Douala', undefined);
    expect(reconciledPeriod({ period: shownPeriod(day, true), bounds: DAY })).toEqual(day);
  });

  it('is the one that it reconciled to the second, where its end was taken from the rows', () => {
    const taken = { from: micros('2026-03-07T07:59:30Z'), until: micros('2026-03-07T17:01:10.000001Z') };
    expect(shownPeriod(taken, false)).toEqual({ start: '2026-03-07T07:59:30Z', end: '2026-03-07T17:01:10Z' });
    expect(reconciledPeriod({ period: shownPeriod(taken, false), bounds: {} })).toEqual({ from: taken.from, until: micros('2026-03-07T17:01:11Z') });
  });

  it('is none where it has not reconciled', () => {
    expect(reconciledPeriod({ bounds: DAY })).toBeUndefined();
  });
});

it('a day is a day of UTC, without the first instant of the next one', () => {
  expect(has(dayPeriod('2026-03-12'), '2026-03-11T23:59:59.999999Z', '2026-03-12T00:00:00Z', '2026-03-12T23:59:59.999999Z', '2026-03-13T00:00:00Z')).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
