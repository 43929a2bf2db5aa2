const SECONDS_PER_DAY = 86_400;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
/** Days of the calendar from the start of year 0 to 1970-01-01. */
const DAYS_TO_1970 = 719_528;

/** Seconds since 1970 of a date and time as a clock shows them (`month` 1–12), or `undefined` where no clock ever does. */
export function clockSeconds(year: number, month: number, day: number, hour: number, minute: number, second: number): number | undefined {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && leap ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
  if (day < 1 || day > days || hour > 23 || minute > 59 || second > 59) return undefined;
  // Years that begin in March put the leap day at their end: all months before it have their places.
  const shifted = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const day0 = 365 * shifted + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400) + dayOfYear + 60 - DAYS_TO_1970;
  return day0 * SECONDS_PER_DAY + hour * 3_600 + minute * 60 + second;
}

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

/** The seconds since midnight that a serial number shows. */
export function serialTimeOfDay(serial: number): number | undefined {
  if (!(serial >= 0 && serial < LAST_SERIAL)) return undefined;
  return Math.floor(Math.round((serial % 1) * SECONDS_PER_DAY * 1000) / 1000) % SECONDS_PER_DAY;
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

/** No zone has ever changed its clocks elsewhere than at a quarter of an hour. */
const QUARTER = 900;

/** Converts UTC seconds to those that the clocks of one IANA zone show. Asks the zone database once per quarter of an hour of the data. */
export function wallClock(timeZone: string): (utcSeconds: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const offsets = new Map<number, number>();
  return (utcSeconds) => {
    const quarter = Math.floor(utcSeconds / QUARTER);
    const offset = offsets.get(quarter) ?? readOffset(format.format(new Date(quarter * QUARTER * 1000)));
    offsets.set(quarter, offset);
    return utcSeconds + offset;
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
  const wall = clockSeconds(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
  if (wall === undefined) return undefined;
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
