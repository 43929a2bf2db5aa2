import { type Country, countryCode } from './phone.ts';

/** An operator account in the form in which it is compared. */
export type Account = string;

/** MTN writes accounts as `FRI:<account>/MSISDN` or `FRI:<name>/USER`. */
const WRAPPED = /^(?:FRI|TEL|MSISDN):([^/;]+)(?:[/;].*)?$/iu;

/** Digits without country code and leading zeros, or lower-case text. */
export function accountOf(text: string, country: Country): Account {
  const bare = WRAPPED.exec(text.trim())?.[1] ?? text;
  const compact = bare.replace(/[\s\u00a0\u202f.-]/gu, '').replace(/^\+/u, '');
  if (!/^\d+$/u.test(compact)) return bare.trim().toLowerCase();
  const withoutZeros = compact.replace(/^0+/u, '');
  const code = countryCode(country);
  const national = withoutZeros.startsWith(code) && withoutZeros.length > code.length + 6 ? withoutZeros.slice(code.length) : withoutZeros;
  return national.replace(/^0+/u, '');
}

export function sameAccount(one: Account, other: Account): boolean {
  return one === other;
}
