import type { Currency } from './operator.ts';
import type { Cell } from './rows.ts';

/** Decimal places of a currency's minor unit. */
export const MINOR_DIGITS = { XOF: 0, XAF: 0, GNF: 0, CDF: 2, USD: 2 } as const satisfies Record<Currency, number>;

/** What an amount cell says. `minor` is an exact integer in the currency's minor unit. */
export type AmountReading =
  | { readonly kind: 'amount'; readonly minor: number }
  /** A lone `-`: no credit on this line. */
  | { readonly kind: 'none' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly reason: string };

const BLANKS = /[\s\u00a0\u202f\u2007\u2009]+/gu;
const CURRENCY_WORD = /^(?:F?CFA|XOF|XAF|GNF|FG|CDF|FC|USD|\$|F)|(?:F?CFA|XOF|XAF|GNF|FG|CDF|FC|USD|\$|F)$/giu;
const TOO_MANY_DECIMALS = 'trop de décimales pour la devise';
/** What most amounts look like, and short enough to be exact in any minor unit. */
const PLAIN = /^\d{1,12}$/;
const NUMBER = /^([+-]?)(\d*(?:[.,]\d*)*)$/u;

/**
 * Reads an amount cell exactly: no float arithmetic, no silent zero.
 * @param digits decimal places of the currency's minor unit
 */
export function readAmount(cell: Cell, digits: number): AmountReading {
  if (typeof cell === 'number') return readNumber(cell, digits);
  if (typeof cell === 'string' && PLAIN.test(cell)) return { kind: 'amount', minor: Number(cell) * 10 ** digits };
  if (cell === null || typeof cell === 'boolean') return cell === null ? { kind: 'missing' } : unreadable('pas un montant');
  const compact = cell.replace(BLANKS, '');
  if (compact === '') return { kind: 'missing' };
  if (compact === '-') return { kind: 'none' };
  const parts = NUMBER.exec(compact.replace(CURRENCY_WORD, '').replace('\u2212', '-'));
  if (parts === null || !/\d/u.test(compact)) return unreadable('pas un montant');
  const [, sign = '', body = ''] = parts;
  const { whole, fraction } = splitAtDecimalMark(body);
  return toMinor(sign === '-', whole, fraction, digits);
}

/** The last mark is decimal where both occur; one mark before exactly three digits, or a repeated one, groups thousands. */
function splitAtDecimalMark(body: string): { whole: string; fraction: string } {
  const comma = body.lastIndexOf(',');
  const dot = body.lastIndexOf('.');
  const last = Math.max(comma, dot);
  if (last === -1) return { whole: body, fraction: '' };
  const bothOccur = comma !== -1 && dot !== -1;
  const repeated = body.indexOf(body.charAt(last)) !== last;
  const groups = !bothOccur && (repeated || body.length - last - 1 === 3);
  if (groups) return { whole: body.replace(/[.,]/gu, ''), fraction: '' };
  return { whole: body.slice(0, last).replace(/[.,]/gu, ''), fraction: body.slice(last + 1) };
}

/** A number cell shows at most 15 significant digits; what lies beyond is binary noise. */
function readNumber(value: number, digits: number): AmountReading {
  if (Number.isInteger(value) && Math.abs(value) < 1e12) return { kind: 'amount', minor: value === 0 ? 0 : value * 10 ** digits };
  const text = Math.abs(value).toPrecision(15);
  if (text.includes('e')) return unreadable(Math.abs(value) < 1 ? TOO_MANY_DECIMALS : 'montant hors limites');
  const [whole = '0', fraction = ''] = text.split('.');
  return toMinor(value < 0, whole, fraction, digits);
}

function toMinor(negative: boolean, whole: string, fraction: string, digits: number): AmountReading {
  if (/[1-9]/u.test(fraction.slice(digits))) return unreadable(TOO_MANY_DECIMALS);
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) return unreadable('montant hors limites');
  return { kind: 'amount', minor: negative && minor !== 0 ? -minor : minor };
}

function unreadable(reason: string): AmountReading {
  return { kind: 'unreadable', reason };
}

/** The amount of a transaction that was paired with a row: it was read before. @throws Error where it cannot be */
export function transactionAmount(text: string, currency: Currency): number {
  const amount = readAmount(text, MINOR_DIGITS[currency]);
  if (amount.kind !== 'amount') throw new Error('a paired transaction without an amount');
  return amount.minor;
}

/** A minor amount as decimal text in the main unit: `1250` → `"1250"` (XOF) or `"12.50"` (CDF). */
export function amountText(minor: number, digits: number): string {
  if (digits === 0) return String(minor);
  const padded = String(Math.abs(minor)).padStart(digits + 1, '0');
  return `${minor < 0 ? '-' : ''}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

/** A minor amount as a number in the main unit, with at most the currency's decimals. */
export function amountNumber(minor: number, digits: number): number {
  return Number(amountText(minor, digits));
}
