import type { Cell } from './rows.ts';

/** A date and time as a wall clock shows it, without a zone. `month` is 1–12. */
interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Reads text by one Unicode date pattern; `undefined` where the text does not fit or names no real moment. */
export type PatternReader = (text: string) => WallClock | undefined;

const TOKENS = {
  yyyy: { field: 'year', digits: '\\d{4}' },
  yy: { field: 'year', digits: '\\d{2}' },
  MM: { field: 'month', digits: '\\d{2}' },
  dd: { field: 'day', digits: '\\d{2}' },
  HH: { field: 'hour', digits: '\\d{2}' },
  mm: { field: 'minute', digits: '\\d{2}' },
  ss: { field: 'second', digits: '\\d{2}' },
} as const;

const BLANK_RUN = /[\s\u00a0\u202f]+/gu;
const MIDNIGHT = { hour: 0, minute: 0, second: 0 } as const;
const NO_DAY = { year: 2000, month: 1, day: 1 } as const;

/**
 * Turns a pattern of `yyyy yy MM dd HH mm ss` into a reader. A fraction after the seconds is dropped.
 * @param trailingText whether other text (a zone, an offset) may stand after the pattern
 */
export function patternReader(pattern: string, trailingText = false): PatternReader {
  const fields: (keyof WallClock)[] = [];
  const source = pattern.replace(/yyyy|yy|MM|dd|HH|mm|ss|[^A-Za-z]/gu, (part) => {
    if (!isToken(part)) return part.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&');
    fields.push(TOKENS[part].field);
    return `(${TOKENS[part].digits})`;
  });
  const fraction = pattern.includes('ss') ? '(?:[.,]\\d+)?' : '';
  const expression = new RegExp(`^${source}${fraction}${trailingText ? '(?:\\D.*)?' : ''}$`, 'u');
  return (text) => {
    const parts = expression.exec(text.replace(BLANK_RUN, ' ').trim());
    if (parts === null) return undefined;
    const values: { -readonly [F in keyof WallClock]: number } = { ...NO_DAY, ...MIDNIGHT };
    fields.forEach((field, index) => {
      values[field] = Number(parts[index + 1]);
    });
    if (values.year < 100) values.year += 2000;
    return isReal(values) ? values : undefined;
  };
}

function isToken(part: string): part is keyof typeof TOKENS {
  return part in TOKENS;
}

function isReal(clock: WallClock): boolean {
  const { year, month, day, hour, minute, second } = clock;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days && hour <= 23 && minute <= 59 && second <= 59;
}

const SECONDS_PER_DAY = 86_400;
/** Serial number of 1970-01-01 in the 1900 system; the 1904 system counts 1,462 days less. */
const UNIX_EPOCH_SERIAL = { 1900: 25_569, 1904: 25_569 - 1_462 } as const;
const LAST_SERIAL = 2_958_466;

/**
 * The wall clock seconds since 1970 that a serial number shows; `undefined` outside the calendar of spreadsheets.
 * Rounded to the millisecond first: a whole second is seldom a whole fraction of a day.
 */
export function serialSeconds(serial: number, epoch: 1900 | 1904): number | undefined {
  if (!(serial >= 0 && serial < LAST_SERIAL)) return undefined;
  return Math.floor(Math.round((serial - UNIX_EPOCH_SERIAL[epoch]) * SECONDS_PER_DAY * 1000) / 1000);
}

/** The wall clock seconds since 1970 of a text by a pattern. */
export function textSeconds(text: string, reader: PatternReader): number | undefined {
  const clock = reader(text);
  if (clock === undefined) return undefined;
  return Date.UTC(clock.year, clock.month - 1, clock.day, clock.hour, clock.minute, clock.second) / 1000;
}

/** The wall clock seconds of a date/time cell: a serial number as the date it shows, a text by its pattern. */
export function cellSeconds(cell: Cell, reader: PatternReader, epoch: 1900 | 1904): number | undefined {
  if (typeof cell === 'number') return serialSeconds(cell, epoch);
  return typeof cell === 'string' ? textSeconds(cell, reader) : undefined;
}

/** The seconds since midnight of a time cell: the fraction of a serial number, or a text by its pattern. */
export function cellTimeOfDay(cell: Cell, reader: PatternReader): number | undefined {
  if (typeof cell === 'number') {
    return cell >= 0 && cell < LAST_SERIAL ? Math.floor(Math.round((cell % 1) * SECONDS_PER_DAY * 1000) / 1000) % SECONDS_PER_DAY : undefined;
  }
  if (typeof cell !== 'string') return undefined;
  const seconds = textSeconds(cell, reader);
  return seconds === undefined ? undefined : seconds % SECONDS_PER_DAY;
}

/** Midnight of the day of a wall clock moment. */
export function dayStart(seconds: number): number {
  return Math.floor(seconds / SECONDS_PER_DAY) * SECONDS_PER_DAY;
}

/** Converts wall clock seconds of one IANA zone to UTC seconds. Asks the zone database once per day of the data. */
export function zoneConverter(timeZone: string): (wallSeconds: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const offsets = new Map<number, number | undefined>();
  const offsetAt = (utcSeconds: number) => readOffset(format.format(new Date(utcSeconds * 1000)));
  const offsetOfDay = (day: number) => {
    if (!offsets.has(day)) {
      const before = offsetAt(day - SECONDS_PER_DAY);
      const after = offsetAt(day + 2 * SECONDS_PER_DAY);
      offsets.set(day, before === after ? before : undefined);
    }
    return offsets.get(day);
  };
  return (wallSeconds) => {
    const steady = offsetOfDay(dayStart(wallSeconds));
    if (steady !== undefined) return wallSeconds - steady;
    const guess = wallSeconds - offsetAt(wallSeconds);
    return wallSeconds - offsetAt(guess);
  };
}

function readOffset(formatted: string): number {
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/u.exec(formatted) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

const ISO_INSTANT = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?\s*(Z|[+-]\d{2}(?::?\d{2})?|UTC)?$/iu;

/** What nearly all instants look like, of days that every month has: the platform's own parser reads these, and only these, right. */
const PLAIN_INSTANT = /^\d{4}-\d{2}-(?:[01]\d|2[0-8])T(?:[01]\d|2[0-3]):\d{2}:\d{2}Z$/u;

/** Microseconds since 1970 of an ISO 8601 instant (`Z` where it names no offset); `undefined` where it is not one. */
export function instantMicros(text: string): number | undefined {
  const plain = PLAIN_INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(plain)) return plain * 1_000;
  const parts = ISO_INSTANT.exec(text.trim());
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = parts;
  const clock = { year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute), second: Number(second) };
  if (!isReal(clock)) return undefined;
  const wall = Date.UTC(clock.year, clock.month - 1, clock.day, clock.hour, clock.minute, clock.second) / 1000;
  const offset = readOffset(`GMT${zone.slice(0, 3)}:${zone.length > 3 ? zone.slice(-2) : '00'}`);
  return (wall - offset) * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}

/** Microseconds since 1970 as ISO 8601 UTC; the fraction is written only where there is one. */
export function microsInstant(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  const fraction = micros - seconds * 1_000_000;
  const text = secondsInstant(seconds);
  return fraction === 0 ? text : `${text.slice(0, -1)}.${String(fraction).padStart(6, '0')}Z`;
}

/** UTC seconds since 1970 as `2021-05-27T00:00:00Z`. */
export function secondsInstant(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
