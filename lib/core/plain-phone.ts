import { type Country, type NumberPlan, numberPlan } from './phone.ts';

/** No number stands for this phone: it has to be read as text. */
export const NO_NUMBER = Number.NaN;

/** Up to here digits are exact as a number. */
const MOST_DIGITS = 15;
const POWERS: readonly number[] = Array.from({ length: MOST_DIGITS + 1 }, (_, power) => 10 ** power);

/** Reads the full international digits of a cell of digits as a number: the rule of `normalisePhone`, without making texts. */
export type PlainPhoneReader = (bytes: Uint8Array, start: number, end: number, isNumber: boolean) => number;

/**
 * The reader of a country's phones. NO_NUMBER where the digits are too many, begin with a zero in the end, or are not digits alone.
 */
export function plainPhoneReader(country: Country): PlainPhoneReader {
  const plan = numberPlan(country);
  const code = Number(plan.countryCode);
  const codeLength = plan.countryCode.length;
  const oldPrefixes = Array.from({ length: 10 }, (_, digit) => Number(plan.before?.prefix(digit) ?? 0));
  const national = (value: number, length: number) => {
    if (length === plan.length) return value;
    if (length === plan.before?.length) return (oldPrefixes[Math.floor(value / power(length - 2)) % 10] ?? 0) * power(length) + value;
    return plan.trunkPrefix !== undefined && length === plan.length + 1 && value < power(plan.length) ? value : NO_NUMBER;
  };
  const withCode = (value: number, length: number) => {
    const whole = national(value, length);
    if (!Number.isNaN(whole)) return code * power(plan.length) + whole;
    const rest = length - codeLength;
    if (rest < 1 || Math.floor(value / power(rest)) !== code) return NO_NUMBER;
    return code * power(plan.length) + national(value - code * power(rest), rest);
  };
  return (bytes, start, end, isNumber) => {
    if (end - start > MOST_DIGITS) return NO_NUMBER;
    let value = 0;
    for (let at = start; at < end; at++) {
      const digit = (bytes[at] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) return NO_NUMBER;
      value = value * 10 + digit;
    }
    const length = end - start + (isNumber && lostZero(end - start, plan) ? 1 : 0);
    const known = withCode(value, length);
    if (!Number.isNaN(known)) return known;
    let rest = length;
    while (rest >= 2 && value < power(rest - 2)) rest -= 2;
    const afterExit = withCode(value, rest);
    if (!Number.isNaN(afterExit)) return afterExit;
    return rest > 0 && value >= power(rest - 1) ? value : NO_NUMBER;
  };
}

function lostZero(length: number, plan: NumberPlan): boolean {
  return plan.leadingZero === true && (length === plan.length - 1 || length + 1 === plan.before?.length);
}

function power(exponent: number): number {
  return POWERS[exponent] ?? NO_NUMBER;
}
