/**
 * Cells that are spelled in the plainest way, read from their bytes. Each reader answers NOT_PLAIN where it is not certain that the
 * readers of texts would say the same: then these are asked.
 */
export const NOT_PLAIN = -1;

const ZERO = 0x30;
const NINE = 0x39;
/** Digits that are exact as a number in every currency's minor unit. */
const MOST_AMOUNT_DIGITS = 12;
/** Digits of a cell that a spreadsheet may have taken for a number. */
const MOST_NUMBER_DIGITS = 15;

/** A whole amount in the main unit, of digits alone. */
export function plainAmount(bytes: Uint8Array, start: number, end: number): number {
  if (end === start || end - start > MOST_AMOUNT_DIGITS) return NOT_PLAIN;
  let value = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < ZERO || byte > NINE) return NOT_PLAIN;
    value = value * 10 + (byte - ZERO);
  }
  return value;
}

/** What a phone cell without types is: digits that begin with a zero are `text`; others may be a `number` that lost it. */
export const PHONE_TEXT = 1;
export const PHONE_NUMBER = 2;

/** PHONE_TEXT or PHONE_NUMBER for a cell of digits. Zeros alone are no phone. */
export function plainPhone(bytes: Uint8Array, start: number, end: number): number {
  let greatest = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < ZERO || byte > NINE) return NOT_PLAIN;
    if (byte > greatest) greatest = byte;
  }
  if (greatest <= ZERO) return NOT_PLAIN;
  return bytes[start] !== ZERO && end - start <= MOST_NUMBER_DIGITS ? PHONE_NUMBER : PHONE_TEXT;
}

/** Whether a cell has neither blanks around it nor anything that could be one. An empty cell has none. */
export function isTrimmed(bytes: Uint8Array, start: number, end: number): boolean {
  return start === end || (isInk(bytes[start] ?? 0) && isInk(bytes[end - 1] ?? 0));
}

function isInk(byte: number): boolean {
  return byte > 0x20 && byte < 0x7f;
}

/** Whether a trimmed reference says that there is none: empty, `-` or `NULL` in any case. */
export function isNoReference(bytes: Uint8Array, start: number, end: number): boolean {
  const size = end - start;
  if (size === 0) return true;
  if (size === 1) return bytes[start] === 0x2d;
  return size === 4 && lower(bytes[start]) === 0x6e && lower(bytes[start + 1]) === 0x75 && lower(bytes[start + 2]) === 0x6c && lower(bytes[start + 3]) === 0x6c;
}

function lower(byte: number | undefined): number {
  return (byte ?? 0) | 0x20;
}

/** The number that so many digits make, or NOT_PLAIN. */
export function plainDigits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return NOT_PLAIN;
    value = value * 10 + digit;
  }
  return value;
}

/** Whether a cell is this text. */
export function isText(bytes: Uint8Array, start: number, end: number, text: Uint8Array): boolean {
  if (end - start !== text.length) return false;
  for (let index = 0; index < text.length; index++) if (bytes[start + index] !== text[index]) return false;
  return true;
}
