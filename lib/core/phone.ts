import type { Cell } from './rows.ts';

/** The countries whose numbering plans are known, as ISO 3166-1 codes. */
export const COUNTRIES = ['CI', 'SN', 'CM', 'CD', 'TG', 'BF', 'BJ'] as const;
export type Country = (typeof COUNTRIES)[number];

/** How a country numbers its subscribers. */
export interface NumberPlan {
  readonly countryCode: string;
  /** Digits of a national number as dialled from abroad, after the country code. */
  readonly length: number;
  /** National numbers begin with a `0` that is part of them, and that a number cell loses. */
  readonly leadingZero?: true;
  /** A `0` that is dialled inside the country only. */
  readonly trunkPrefix?: '0';
  /** The plan before: its length, and what stands in front of an old number today, by its second digit. */
  readonly before?: { readonly length: number; readonly prefix: (secondDigit: number) => string };
}

const PLANS: Readonly<Record<Country, NumberPlan>> = {
  // 8 digits before 2021-01-31: the second digit tells the operator, hence the prefix.
  CI: { countryCode: '225', length: 10, leadingZero: true, before: { length: 8, prefix: ivorianPrefix } },
  // 8 digits before 2024-11-30.
  BJ: { countryCode: '229', length: 10, leadingZero: true, before: { length: 8, prefix: () => '01' } },
  SN: { countryCode: '221', length: 9 },
  CM: { countryCode: '237', length: 9 },
  CD: { countryCode: '243', length: 9, trunkPrefix: '0' },
  TG: { countryCode: '228', length: 8 },
  BF: { countryCode: '226', length: 8 },
};

function ivorianPrefix(secondDigit: number): string {
  if (secondDigit >= 7) return '07';
  return secondDigit >= 4 ? '05' : '01';
}

export function numberPlan(country: Country): NumberPlan {
  return PLANS[country];
}

/** The international dialling code of a country, without `+`. */
export function countryCode(country: Country): string {
  return PLANS[country].countryCode;
}

/**
 * The full international digits of a phone, the same for both sides of a reconciliation.
 * A number that fits no plan of the country keeps its digits; a cell without digits gives `''`.
 */
export function normalisePhone(cell: Cell, country: Country): string {
  const plan = PLANS[country];
  const digits = phoneDigits(cell);
  return international(typeof cell === 'number' ? restoreZeros(digits, plan) : digits, plan);
}

/** The digits of a phone cell as they stand there. */
export function phoneDigits(cell: Cell): string {
  if (typeof cell === 'number') return wholeDigits(cell);
  if (typeof cell !== 'string') return '';
  return /^\d+$/u.test(cell) ? cell : digitsOf(cell);
}

const LETTER = /[\p{L}@]/u;
const BETWEEN_NUMBERS = /[\p{L}_@=;:]+/u;
/** What a spreadsheet shows of a number that its column is too narrow for: most of the digits are gone. */
const SCIENTIFIC = /^\s*\d(?:[.,]\d+)?E\+?\d+\s*$/iu;

/** The digits of a phone. Where text is wrapped around it (`FRI:225…/MSISDN`, `tel:+225…;ext=1`) the longest run between words is the number. */
function digitsOf(text: string): string {
  if (!LETTER.test(text)) return text.replace(/\D/gu, '');
  if (SCIENTIFIC.test(text)) return '';
  const runs = text.split(BETWEEN_NUMBERS).map((run) => run.replace(/\D/gu, ''));
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

function international(digits: string, plan: NumberPlan): string {
  const withoutExit = digits.replace(/^(?:00)+/u, '');
  return withCountryCode(digits, plan) ?? withCountryCode(withoutExit, plan) ?? withoutExit;
}

function withCountryCode(digits: string, plan: NumberPlan): string | undefined {
  const national = nationalNumber(digits, plan) ?? nationalNumber(withoutPrefix(digits, plan.countryCode), plan);
  return national === undefined ? undefined : plan.countryCode + national;
}

function nationalNumber(digits: string | undefined, plan: NumberPlan): string | undefined {
  if (digits === undefined) return undefined;
  if (digits.length === plan.length) return digits;
  if (plan.before?.length === digits.length) return plan.before.prefix(Number(digits.charAt(1))) + digits;
  if (plan.trunkPrefix !== undefined && digits.length === plan.length + 1) return withoutPrefix(digits, plan.trunkPrefix);
  return undefined;
}

function withoutPrefix(digits: string, prefix: string): string | undefined {
  return digits.startsWith(prefix) ? digits.slice(prefix.length) : undefined;
}

/** A spreadsheet turns `0707…` into 707…: the missing zero of today's plan or of the old one is put back. */
function restoreZeros(digits: string, plan: NumberPlan): string {
  const lostZero = plan.leadingZero === true && (digits.length === plan.length - 1 || digits.length + 1 === plan.before?.length);
  return lostZero ? `0${digits}` : digits;
}

function wholeDigits(value: number): string {
  const whole = Math.round(Math.abs(value));
  if (Number.isSafeInteger(whole)) return String(whole);
  return Number.isFinite(whole) ? BigInt(whole).toString() : '';
}
