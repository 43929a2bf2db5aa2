import type { Cell } from '../../core/rows.ts';
import { asciiText } from '../ascii-text.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import type { TextPool } from './text-pool.ts';
import { withoutEscapes, xmlText } from './xml-text.ts';

/** What the `t` attribute says about a cell. */
export type CellType = 'number' | 'shared' | 'text' | 'boolean' | 'literal';

const ZERO = 0x30;
const NINE = 0x39;
const MINUS = 0x2d;
const POINT = 0x2e;
/** Fifteen digits are exact in a double, and so is their quotient by a power of ten that is. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/** The type that a `t` attribute names. Errors and ISO dates are kept as their text. */
export function cellType(bytes: Buffer, start: number, end: number): CellType {
  const first = bytes[start];
  if (end - start === 1) {
    if (first === 0x73) return 'shared';
    if (first === 0x6e) return 'number';
    if (first === 0x62) return 'boolean';
    return 'literal';
  }
  return end === start ? 'number' : first === 0x73 || first === 0x69 ? 'text' : 'literal';
}

/**
 * The value of a `<v>` element.
 * @throws UnreadableFile `corrupt` where a shared string does not exist
 */
export function cellValue(type: CellType, bytes: Buffer, start: number, end: number, literal: boolean, strings: TextPool): Cell {
  if (type === 'number') return numberValue(bytes, start, end);
  if (type === 'shared') return sharedValue(bytes, start, end, strings);
  const text = xmlText(bytes, start, end, literal);
  if (type === 'boolean') return text === '1' || text === 'true' ? true : text === '0' || text === 'false' ? false : text;
  return type === 'text' ? withoutEscapes(text) : text;
}

function sharedValue(bytes: Buffer, start: number, end: number, strings: TextPool): string {
  let index = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) throw new UnreadableFile('corrupt', 'a shared string number that is none');
    index = index * 10 + digit;
  }
  const text = strings.get(index);
  if (text === undefined) throw new UnreadableFile('corrupt', `shared string ${index} does not exist`);
  return text;
}

/** Plain decimals by hand, everything else by the language. What is no number, or an integer too long for one, stays text: no digit is lost. */
export function numberValue(bytes: Buffer, start: number, end: number): number | string {
  const negative = bytes[start] === MINUS;
  let digits = 0;
  let decimals = 0;
  let value = 0;
  let point = false;
  for (let at = negative ? start + 1 : start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= ZERO && byte <= NINE) {
      value = value * 10 + (byte - ZERO);
      digits++;
      if (point) decimals++;
    } else if (byte === POINT && !point) point = true;
    else return otherNumber(xmlText(bytes, start, end, false));
  }
  if (digits > EXACT_DIGITS && decimals > 0) return Number(asciiText(bytes, start, end));
  if (digits === 0 || digits > EXACT_DIGITS) return otherNumber(asciiText(bytes, start, end));
  const magnitude = decimals === 0 ? value : value / (POWERS_OF_TEN[decimals] ?? 1);
  return negative && magnitude !== 0 ? -magnitude : magnitude;
}

function otherNumber(text: string): number | string {
  const trimmed = text.trim();
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/iu.test(trimmed)) return text;
  const value = Number(trimmed);
  const isLongInteger = /^[+-]?\d+$/u.test(trimmed) && !Number.isSafeInteger(value);
  return isLongInteger || !Number.isFinite(value) ? trimmed : value;
}
