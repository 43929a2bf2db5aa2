import { secondsInstant, zoneConverter } from './local-time.ts';
import { MomentPattern } from './moment-pattern.ts';

/** A stretch of time, in microseconds since 1970: `from` belongs to it, `until` no more. */
export interface Period {
  readonly from: number;
  readonly until: number;
}

/** The period as a caller gives it: minutes of the operator's local time, both included to their last instant. */
export interface PeriodBounds {
  readonly start?: string | undefined;
  readonly end?: string | undefined;
}

/** The period as a tache shows it. */
export interface ShownPeriod {
  readonly start: string;
  readonly end: string;
}

const MICROS = 1_000_000;
const MINUTE = 60;
const MINUTE_PATTERN = new MomentPattern("yyyy-MM-dd'T'HH:mm");

/** Wall clock seconds of a bound written `YYYY-MM-DDTHH:MM`; `undefined` where it is not one. */
export function boundSeconds(bound: string): number | undefined {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/u.test(bound) ? MINUTE_PATTERN.read(bound) : undefined;
}

/**
 * The period of a reconciliation. A bound that is not given is one minute beyond the first or last row.
 * @param times UTC seconds of the earliest and latest statement row that counts
 * @returns `undefined` where neither the bounds nor the rows tell
 */
export function periodOf(bounds: PeriodBounds, timeZone: string, times: { readonly first: number; readonly last: number } | undefined): Period | undefined {
  const toUtc = zoneConverter(timeZone);
  const start = bounds.start === undefined ? undefined : boundSeconds(bounds.start);
  const end = bounds.end === undefined ? undefined : boundSeconds(bounds.end);
  const from = start === undefined ? times && (times.first - MINUTE) * MICROS : toUtc(start) * MICROS;
  const until = end === undefined ? times && (times.last + MINUTE) * MICROS + 1 : (toUtc(end) + MINUTE) * MICROS;
  return from === undefined || until === undefined ? undefined : { from, until };
}

/** The period widened on both sides by the operator's margin. */
export function widened(period: Period, marginMinutes: number): Period {
  const margin = marginMinutes * MINUTE * MICROS;
  return { from: period.from - margin, until: period.until + margin };
}

export function contains(period: Period, micros: number): boolean {
  return micros >= period.from && micros < period.until;
}

/** Whether an instant of the period lies within the margin of one of its ends. */
export function isNearEdge(period: Period, micros: number, marginMinutes: number): boolean {
  const margin = marginMinutes * MINUTE * MICROS;
  return micros < period.from + margin || micros >= period.until - margin;
}

/** The period as UTC instants: its first, and its last minute where the caller gave one, else its last second. */
export function shownPeriod(period: Period, endGiven: boolean): ShownPeriod {
  const last = endGiven ? period.until - MINUTE * MICROS : period.until - 1;
  return { start: secondsInstant(period.from / MICROS), end: secondsInstant(Math.floor(last / MICROS)) };
}

/** The period that a tache reconciled, as it shows it; `undefined` where it had none. */
export function reconciledPeriod({ period, bounds }: { readonly period?: ShownPeriod | undefined; readonly bounds: PeriodBounds }): Period | undefined {
  if (period === undefined) return undefined;
  const last = bounds.end === undefined ? 1 : MINUTE;
  return { from: Date.parse(period.start) * 1_000, until: Date.parse(period.end) * 1_000 + last * MICROS };
}

/** A UTC day, `2026-03-12`. */
export function dayPeriod(day: string): Period {
  const from = Date.parse(`${day}T00:00:00Z`) * 1_000;
  return { from, until: from + 86_400 * MICROS };
}
