import type { Currency } from '../core/operator.ts';
import { COUNTRIES, type Country, countryCode, phoneDigits } from '../core/phone.ts';
import type { Cell } from '../core/rows.ts';

/** Which country the phones of a column are of. */
export interface PhoneGuess {
  readonly country: Country;
  /** Share of the cells that fit the plan of that country. */
  readonly share: number;
  /** Whether the numbers name the country themselves. */
  readonly certain: boolean;
}

/** How mobile numbers begin inside of each country; two may look alike. */
const NATIONAL: Readonly<Record<Country, RegExp>> = {
  CI: /^0[157]\d{8}$/u,
  SN: /^7\d{8}$/u,
  CM: /^6\d{8}$/u,
  CD: /^0?[89]\d{8}$/u,
  TG: /^[79]\d{7}$/u,
  BF: /^[567]\d{7}$/u,
  BJ: /^01[4-9]\d{7}$/u,
};

/** What goes with a country. */
export const COUNTRY_FACTS: Readonly<Record<Country, { readonly timeZone: string; readonly currency: Currency }>> = {
  CI: { timeZone: 'Africa/Abidjan', currency: 'XOF' },
  SN: { timeZone: 'Africa/Dakar', currency: 'XOF' },
  TG: { timeZone: 'Africa/Lome', currency: 'XOF' },
  BF: { timeZone: 'Africa/Ouagadougou', currency: 'XOF' },
  BJ: { timeZone: 'Africa/Porto-Novo', currency: 'XOF' },
  CM: { timeZone: 'Africa/Douala', currency: 'XAF' },
  CD: { timeZone: 'Africa/Kinshasa', currency: 'CDF' },
};

/** The country that most cells speak for; `undefined` where they are no phones. */
export function guessPhones(sample: readonly Cell[]): PhoneGuess | undefined {
  const cells = sample.filter((cell) => typeof cell === 'number' || typeof cell === 'string');
  if (cells.length === 0) return undefined;
  const certain = COUNTRIES.map((country) => guess(country, true, cells));
  const best = most(certain);
  return best !== undefined && best.share >= 0.5 ? best : most(COUNTRIES.map((country) => guess(country, false, cells)));
}

function guess(country: Country, certain: boolean, cells: readonly Cell[]): PhoneGuess {
  const code = countryCode(country);
  const fits = (cell: Cell) => {
    const digits = phoneDigits(cell).replace(/^00/u, '');
    if (digits.startsWith(code) && NATIONAL[country].test(digits.slice(code.length))) return true;
    return !certain && (NATIONAL[country].test(digits) || (typeof cell === 'number' && NATIONAL[country].test(`0${digits}`)));
  };
  return { country, certain, share: cells.filter(fits).length / cells.length };
}

function most(guesses: readonly PhoneGuess[]): PhoneGuess | undefined {
  const best = guesses.reduce<PhoneGuess | undefined>((one, other) => (one === undefined || other.share > one.share ? other : one), undefined);
  return best !== undefined && best.share > 0 ? best : undefined;
}
