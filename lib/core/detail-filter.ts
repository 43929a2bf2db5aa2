import type { RowDetail, TransactionDetail } from './detail.ts';
import { MINOR_DIGITS, readAmount } from './money.ts';
import type { Currency } from './operator.ts';
import { phoneDigits } from './phone.ts';

/** The classes of exceptions, in the order in which their rows are counted through. */
export const EXCEPTION_CLASSES = ['correspondents', 'unexplained', 'amountDiffers', 'statementDuplicates', 'ledgerDuplicates', 'absent'] as const;
export type ExceptionClass = (typeof EXCEPTION_CLASSES)[number];

/** Which exceptions are looked for: everything that is given must fit. A pair fits where either of its sides does. */
export interface DetailFilter {
  readonly classes?: readonly ExceptionClass[] | undefined;
  /** Digits, with or without country code. */
  readonly phone?: string | undefined;
  readonly payid?: string | undefined;
  /** Text in the currency's main unit; both ends belong to the range. */
  readonly least?: string | undefined;
  readonly most?: string | undefined;
}

/** The sides that an exception has. */
export interface Sides {
  readonly row?: RowDetail;
  readonly transaction?: TransactionDetail;
}

/** Decimal places that bounds may have, whatever the currency: as many as any of them has. */
export const BOUND_DIGITS = 2;

/** Shorter ends are shared by too many numbers. */
const SHORTEST_PHONE = 6;

/** Tells whether an exception fits a filter; `undefined` where the filter looks at classes only. */
export function detailTest(filter: DetailFilter, currency: Currency): ((sides: Sides) => boolean) | undefined {
  const tests = [phoneTest(filter.phone), payidTest(filter.payid), amountTest(filter, MINOR_DIGITS[currency])].filter((test) => test !== undefined);
  return tests.length === 0 ? undefined : (sides) => tests.every((test) => test(sides));
}

function phoneTest(phone: string | undefined) {
  if (phone === undefined) return undefined;
  const wanted = significant(phone);
  return eitherSide(({ phone: shown }) => samePhone(significant(shown), wanted));
}

/** The digits from the first that is not a zero: zeros are dialled, or lost by spreadsheets. */
function significant(phone: string): string {
  return phoneDigits(phone).replace(/^0+/u, '');
}

/** One spelling of a number is the end of the other: a country code or a prefix of a newer plan stands in front. */
function samePhone(one: string, other: string): boolean {
  return Math.min(one.length, other.length) >= SHORTEST_PHONE && (one.endsWith(other) || other.endsWith(one));
}

function payidTest(payid: string | undefined) {
  return payid === undefined ? undefined : eitherSide((side) => side.payid === payid);
}

function amountTest({ least, most }: DetailFilter, digits: number) {
  if (least === undefined && most === undefined) return undefined;
  const from = minorOf(least, BOUND_DIGITS) ?? Number.NEGATIVE_INFINITY;
  const to = minorOf(most, BOUND_DIGITS) ?? Number.POSITIVE_INFINITY;
  const scale = 10 ** (BOUND_DIGITS - digits);
  return eitherSide(({ amount }) => {
    const minor = minorOf(amount, digits);
    return minor !== undefined && minor * scale >= from && minor * scale <= to;
  });
}

function minorOf(text: string | undefined, digits: number): number | undefined {
  const amount = text === undefined ? undefined : readAmount(text, digits);
  return amount?.kind === 'amount' ? amount.minor : undefined;
}

function eitherSide(fits: (side: Pick<RowDetail & TransactionDetail, 'phone' | 'payid' | 'amount'>) => boolean) {
  return ({ row, transaction }: Sides): boolean => (row !== undefined && fits(row)) || (transaction !== undefined && fits(transaction));
}
