import { clockSeconds } from './local-time.ts';
import { monthNamed } from './month-name.ts';

/** What a pattern can hold: Unicode date tokens, text in single quotes, and signs that stand for themselves. */
const PARTS = /'((?:[^']|'')*)'|yyyy|yy|MMMM|MMM|MM|M|dd|d|HH|H|hh|h|mm|ss|S+|a|X{1,3}|[A-Za-z]|\s+|[^A-Za-z\s']|'/gu;

/** What a token of a pattern tells. */
export type PatternField = 'year' | 'month' | 'day' | 'hour' | 'halfDayHour' | 'halfDay' | 'minute' | 'second' | 'fraction' | 'offset';

/** One token, or one piece of text that must stand there. */
export type PatternPart =
  | { readonly kind: 'field'; readonly field: PatternField; readonly token: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string };

const FIELDS: ReadonlyMap<string, PatternField> = new Map([
  ['yyyy', 'year'],
  ['yy', 'year'],
  ['MMMM', 'month'],
  ['MMM', 'month'],
  ['MM', 'month'],
  ['M', 'month'],
  ['dd', 'day'],
  ['d', 'day'],
  ['HH', 'hour'],
  ['H', 'hour'],
  ['hh', 'halfDayHour'],
  ['h', 'halfDayHour'],
  ['a', 'halfDay'],
  ['mm', 'minute'],
  ['ss', 'second'],
  ['X', 'offset'],
  ['XX', 'offset'],
  ['XXX', 'offset'],
]);

/** A pattern taken apart. Nothing of it ever becomes a regular expression. */
export function patternParts(pattern: string): readonly PatternPart[] {
  return Array.from(pattern.matchAll(PARTS), ([part, quoted]): PatternPart => {
    if (quoted !== undefined) return { kind: 'text', text: quoted === '' ? "'" : quoted.replaceAll("''", "'") };
    const field = part.startsWith('S') ? 'fraction' : FIELDS.get(part);
    if (field !== undefined) return { kind: 'field', field, token: part };
    return /^[A-Za-z']/u.test(part) ? { kind: 'unknown', text: part } : { kind: 'text', text: part };
  });
}

/** Whether an office program of another language may turn the dates of a pattern round: day and month are digits, and the year is not first. */
export function isSwappable(pattern: string): boolean {
  const tokens = patternParts(pattern).flatMap((part) => (part.kind === 'field' ? [part] : []));
  return tokens[0]?.field !== 'year' && tokens.some(({ token }) => token === 'MM' || token === 'M') && tokens.some(({ field }) => field === 'day');
}

/** The fields of the text that is being read. */
interface Clock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  afternoon: boolean | undefined;
  offset: number;
}

/** Reads its part of a text: gives the place after it, or -1 where the text does not go on like that. */
type Step = (text: string, at: number, clock: Clock) => number;

const NOWHERE = -1;
const ZERO = 0x30;
const NINE = 0x39;
const SPACE = 0x20;

/** Texts of moments, read by one pattern, in time that grows with the text alone. */
export class MomentPattern {
  /** Whether the texts name their own offset from UTC. */
  readonly zoned: boolean;
  readonly #steps: readonly Step[];
  readonly #trailingText: boolean;
  readonly #clock: Clock = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, afternoon: undefined, offset: 0 };

  /**
   * @param trailingText whether other text (a zone, an offset) may stand after the pattern
   * @throws RangeError where the pattern has a part that is not known: whoever takes patterns from people looks for faults first
   */
  constructor(pattern: string, trailingText = false) {
    const parts = patternParts(pattern);
    this.zoned = parts.some((part) => part.kind === 'field' && part.field === 'offset');
    this.#steps = parts.map((part, index) => stepOf(part, parts[index + 1]));
    this.#trailingText = trailingText;
  }

  /** Seconds since 1970: UTC where the pattern is zoned, else as a wall clock shows them. A pattern without a date counts from the first day. */
  read(text: string): number | undefined {
    const clock = this.#clock;
    clock.afternoon = undefined;
    let at = afterBlanks(text, 0);
    for (const step of this.#steps) {
      at = step(text, at, clock);
      if (at === NOWHERE) return undefined;
    }
    const end = afterBlanks(text, at);
    if (end < text.length && !(this.#trailingText && (end > at || !isDigit(text.charCodeAt(end))))) return undefined;
    const hour = clock.afternoon === undefined ? clock.hour : (clock.hour % 12) + (clock.afternoon ? 12 : 0);
    const seconds = clockSeconds(clock.year, clock.month, clock.day, hour, clock.minute, clock.second);
    return seconds === undefined || !this.zoned ? seconds : seconds - clock.offset;
  }
}

function stepOf(part: PatternPart, next: PatternPart | undefined): Step {
  if (part.kind === 'unknown') throw new RangeError(`"${part.text}" is no part of a date pattern`);
  if (part.kind === 'text') return /^\s+$/u.test(part.text) ? blanks : literal(part.text);
  switch (part.field) {
    case 'year':
      return part.token === 'yy' ? number(2, 2, setShortYear) : number(4, 4, setYear);
    case 'month':
      return part.token.length > 2
        ? monthName
        : number(part.token.length, 2, (clock, value) => {
            clock.month = value;
            return true;
          });
    case 'day':
      return number(part.token.length, 2, (clock, value) => {
        clock.day = value;
        return true;
      });
    case 'hour':
      return number(part.token.length, 2, (clock, value) => {
        clock.hour = value;
        return true;
      });
    case 'halfDayHour':
      return number(part.token.length, 2, (clock, value) => {
        clock.hour = value;
        return value >= 1 && value <= 12;
      });
    case 'minute':
      return number(2, 2, (clock, value) => {
        clock.minute = value;
        return true;
      });
    case 'second':
      return next?.kind === 'text' && /^[.,]/u.test(next.text) ? seconds : secondsAndFraction;
    case 'fraction':
      return (text, at) => (isDigit(text.charCodeAt(at)) ? afterDigits(text, at) : NOWHERE);
    case 'halfDay':
      return halfDay;
    case 'offset':
      return offset;
    default:
      return part.field satisfies never;
  }
}

function setYear(clock: Clock, value: number): boolean {
  clock.year = value < 100 ? 2000 + value : value;
  return true;
}

function setShortYear(clock: Clock, value: number): boolean {
  clock.year = 2000 + value;
  return true;
}

/** Digits, as many as there are between two limits. */
function number(fewest: number, most: number, set: (clock: Clock, value: number) => boolean): Step {
  return (text, start, clock) => {
    let at = start;
    let value = 0;
    for (const limit = start + most; at < limit; at++) {
      const code = text.charCodeAt(at);
      // Also where the text is at its end, and the code no number.
      if (!(code >= ZERO && code <= NINE)) break;
      value = value * 10 + (code - ZERO);
    }
    return at - start >= fewest && set(clock, value) ? at : NOWHERE;
  };
}

const seconds = number(2, 2, (clock, value) => {
  clock.second = value;
  return true;
});

/** A fraction is dropped: 08:17:00.999 is within the second that began at 08:17:00. */
function secondsAndFraction(text: string, start: number, clock: Clock): number {
  const at = seconds(text, start, clock);
  const mark = at === NOWHERE ? '' : text.charAt(at);
  return (mark === '.' || mark === ',') && isDigit(text.charCodeAt(at + 1)) ? afterDigits(text, at + 1) : at;
}

function literal(wanted: string): Step {
  return (text, at) => (text.startsWith(wanted, at) ? at + wanted.length : NOWHERE);
}

function blanks(text: string, at: number): number {
  const end = afterBlanks(text, at);
  return end > at ? end : NOWHERE;
}

function monthName(text: string, start: number, clock: Clock): number {
  let at = start;
  while (at < text.length && isLetter(text.charCodeAt(at))) at++;
  const month = monthNamed(text.slice(start, at));
  if (month === undefined) return NOWHERE;
  clock.month = month;
  return text.charAt(at) === '.' ? at + 1 : at;
}

/** AM or PM in any case, also a.m. and p.m. */
function halfDay(text: string, start: number, clock: Clock): number {
  const first = text.charAt(start).toLowerCase();
  if (first !== 'a' && first !== 'p') return NOWHERE;
  const dotted = text.charAt(start + 1) === '.';
  const at = start + (dotted ? 2 : 1);
  if (text.charAt(at).toLowerCase() !== 'm') return NOWHERE;
  clock.afternoon = first === 'p';
  return dotted && text.charAt(at + 1) === '.' ? at + 2 : at + 1;
}

const OFFSET = /(?:Z|([+-])(\d{2})(?::?(\d{2}))?)/iuy;

function offset(text: string, start: number, clock: Clock): number {
  OFFSET.lastIndex = start;
  const parts = OFFSET.exec(text);
  if (parts === null) return NOWHERE;
  const [whole, sign, hours = '0', minutes = '0'] = parts;
  if (Number(hours) > 18 || Number(minutes) > 59) return NOWHERE;
  clock.offset = (sign === '-' ? -1 : 1) * (Number(hours) * 3_600 + Number(minutes) * 60);
  return start + whole.length;
}

function afterDigits(text: string, start: number): number {
  let at = start;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}

function afterBlanks(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== SPACE && (code > SPACE ? code < 0xa0 || text.charAt(at).trim() !== '' : code < 0x09 || code > 0x0d)) break;
  }
  return at;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** A letter of the months of English and French, in one character or with an accent that stands for itself. */
function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || (code >= 0xc0 && code <= 0x24f) || (code >= 0x300 && code <= 0x36f);
}
