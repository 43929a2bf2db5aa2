import { clockSeconds } from './local-time.ts';
import { patternParts } from './moment-pattern.ts';
import type { MomentColumns } from './operator.ts';
import { NOT_PLAIN, plainDigits } from './plain-cells.ts';

const SECONDS_PER_DAY = 86_400;
const MOST_DAYS = 1_000;
const WIDTHS: Readonly<Record<string, number>> = { yyyy: 4, MM: 2, dd: 2, HH: 2, mm: 2, ss: 2 };

/** Where a fixed-width pattern has each of its numbers, and what stands between them. */
interface FixedPattern {
  readonly size: number;
  readonly places: ReadonlyMap<string, number>;
  readonly marks: readonly { readonly at: number; readonly byte: number }[];
}

/** The places of a pattern whose texts all have one length; `undefined` for others. */
function fixedPattern(pattern: string): FixedPattern | undefined {
  const places = new Map<string, number>();
  const marks: { at: number; byte: number }[] = [];
  let size = 0;
  for (const part of patternParts(pattern)) {
    const text = part.kind === 'field' ? part.token : part.text;
    if (part.kind === 'field') {
      if (WIDTHS[text] === undefined || places.has(text)) return undefined;
      places.set(text, size);
      size += WIDTHS[text];
      continue;
    }
    for (const character of text) {
      const code = character.charCodeAt(0);
      if (code >= 0x7f) return undefined;
      marks.push({ at: size++, byte: code });
    }
  }
  return { size, places, marks };
}

function fits({ size, marks }: FixedPattern, bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== size) return false;
  for (const { at, byte } of marks) if (bytes[start + at] !== byte) return false;
  return true;
}

/** Reads a part of a cell as seconds; NaN where it is not plain. */
type PlainSeconds = (bytes: Uint8Array, start: number, end: number) => number;

/** The moment of a row: the sum of both in UTC seconds. Of a layout with one column both read the same cell. */
export interface PlainMoment {
  /** Midnight by the wall clock in UTC seconds; NaN also for a day on which the clocks change. */
  readonly day: PlainSeconds;
  /** Seconds since midnight. */
  readonly time: PlainSeconds;
}

/** A reader of moments whose texts have their numbers at fixed places; `undefined` where the layout's patterns are of another kind. */
export function plainMoment(moment: MomentColumns, toUtc: (wallSeconds: number) => number): PlainMoment | undefined {
  const patterns = moment.kind === 'one-column' ? [moment.pattern] : [moment.datePattern, moment.timePattern];
  const others = moment.kind === 'one-column' ? [moment.otherPatterns] : [moment.otherDatePatterns, moment.otherTimePatterns];
  // Several patterns are held against each other row by row.
  if (others.some((list) => list !== undefined && list.length > 0)) return undefined;
  const [date, time = date] = patterns.map(fixedPattern);
  if (date === undefined || time === undefined) return undefined;
  if (date.places.size + (date === time ? 0 : time.places.size) !== Object.keys(WIDTHS).length) return undefined;
  const day = dayReader(date, toUtc);
  const seconds = timeReader(time);
  return day && seconds && { day, time: seconds };
}

/** Files hold few days, and are mostly in order of time. */
function dayReader(fixed: FixedPattern, toUtc: (wallSeconds: number) => number): PlainSeconds | undefined {
  const [year, month, day] = placesOf(fixed, ['yyyy', 'MM', 'dd']);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const midnights = new Map<number, number>();
  let lastKey = -1;
  let lastMidnight = Number.NaN;
  return (bytes, start, end) => {
    if (!fits(fixed, bytes, start, end)) return Number.NaN;
    const y = plainDigits(bytes, start + year, 4);
    const m = plainDigits(bytes, start + month, 2);
    const d = plainDigits(bytes, start + day, 2);
    // Years below 100 are read as short ones. What is no digit makes no day of any calendar.
    if (y < 100) return Number.NaN;
    const key = (y * 100 + m) * 100 + d;
    if (key === lastKey) return lastMidnight;
    lastKey = key;
    lastMidnight = midnights.get(key) ?? midnightOf(y, m, d, toUtc);
    if (midnights.size < MOST_DAYS) midnights.set(key, lastMidnight);
    return lastMidnight;
  };
}

function midnightOf(year: number, month: number, day: number, toUtc: (wallSeconds: number) => number): number {
  const wall = clockSeconds(year, month, day, 0, 0, 0);
  if (wall === undefined) return Number.NaN;
  const midnight = toUtc(wall);
  const isSteady = toUtc(wall + SECONDS_PER_DAY - 1) - midnight === SECONDS_PER_DAY - 1;
  return isSteady ? midnight : Number.NaN;
}

function timeReader(fixed: FixedPattern): PlainSeconds | undefined {
  const [hour, minute, second] = placesOf(fixed, ['HH', 'mm', 'ss']);
  if (hour === undefined || minute === undefined || second === undefined) return undefined;
  return (bytes, start, end) => {
    if (!fits(fixed, bytes, start, end)) return Number.NaN;
    const h = plainDigits(bytes, start + hour, 2);
    const m = plainDigits(bytes, start + minute, 2);
    const s = plainDigits(bytes, start + second, 2);
    return h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59 ? Number.NaN : h * 3_600 + m * 60 + s;
  };
}

function placesOf({ places }: FixedPattern, tokens: readonly string[]): readonly (number | undefined)[] {
  return tokens.map((token) => places.get(token));
}

const INSTANT = plainMoment({ kind: 'one-column', column: '', pattern: "yyyy-MM-dd'T'HH:mm:ss" }, (wallSeconds) => wallSeconds);
const INSTANT_SIZE = 19;
const MOST_FRACTION_DIGITS = 6;
const LETTER_Z = 0x5a;
const POINT = 0x2e;

/** Microseconds since 1970 of `2026-03-12T08:27:39Z` or `2026-03-12T08:27:39.123456Z`; NaN for other texts. */
export function plainInstantMicros(bytes: Uint8Array, start: number, end: number): number {
  const fraction = start + INSTANT_SIZE;
  if (INSTANT === undefined || end <= fraction || bytes[end - 1] !== LETTER_Z) return Number.NaN;
  const seconds = INSTANT.day(bytes, start, fraction) + INSTANT.time(bytes, start, fraction);
  return seconds * 1_000_000 + (end - 1 === fraction ? 0 : fractionMicros(bytes, fraction, end - 1));
}

function fractionMicros(bytes: Uint8Array, start: number, end: number): number {
  const digits = end - start - 1;
  if (bytes[start] !== POINT || digits < 1 || digits > MOST_FRACTION_DIGITS) return Number.NaN;
  const value = plainDigits(bytes, start + 1, digits);
  return value === NOT_PLAIN ? Number.NaN : value * 10 ** (MOST_FRACTION_DIGITS - digits);
}
