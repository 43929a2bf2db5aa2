import { type Country, countryCode } from '../../core/phone.ts';
import type { Cell } from '../../core/rows.ts';
import type { Random } from './random.ts';

/** How many different subscribers a country has here. */
const SUBSCRIBERS = 10_000_000;

/** First digits of a generated national number, by a digit 0–9; six digits follow. */
const HEADS: Readonly<Record<Country, (digit: number) => string>> = {
  // The second digit after the prefix agrees with it, so that the number also has a spelling of the old plan.
  CI: (digit) => `${['07', '05', '01'][digit % 3]}${digit}${['8', '5', '2'][digit % 3]}`,
  BJ: (digit) => `019${digit}`,
  SN: (digit) => `7${[0, 5, 6, 7, 8][digit % 5]}${digit}`,
  CM: (digit) => `6${5 + (digit % 5)}${digit}`,
  CD: (digit) => `8${(digit * 3) % 10}${digit}`,
  TG: (digit) => `${['90', '91', '92', '93', '70', '71', '79', '96', '97', '98'][digit]}`,
  BF: (digit) => `${['50', '51', '60', '61', '70', '71', '72', '64', '65', '76'][digit]}`,
};

const OLD_PLAN_DIGITS: Partial<Record<Country, number>> = { CI: 8, BJ: 8 };

/** The national number of a generated subscriber: different for each index below ten million. */
export function subscriberNumber(country: Country, index: number): string {
  const scattered = (index * 7_654_321 + 1_234_567) % SUBSCRIBERS;
  return HEADS[country](Math.floor(scattered / 1_000_000)) + String(scattered % 1_000_000).padStart(6, '0');
}

/** One of the ways in which exports write a national number; most are plain. */
export function phoneSpelling(national: string, country: Country, random: Random): Cell {
  const code = countryCode(country);
  const oldDigits = OLD_PLAN_DIGITS[country];
  switch (random.below(16)) {
    case 0:
      return `+${code}${national}`;
    case 1:
      return `00${code}${national}`;
    case 2:
      return `+${code} ${national.slice(0, 2)} ${national.slice(2)}`;
    case 3:
      return `${national.slice(0, -6)} ${national.slice(-6, -4)} ${national.slice(-4, -2)} ${national.slice(-2)}`;
    case 4:
      return Number(national);
    case 5:
      return Number(code + national);
    case 6:
      return oldDigits === undefined ? national : national.slice(-oldDigits);
    case 7:
      return country === 'CD' ? `0${national}` : national;
    case 8:
    case 9:
    case 10:
      return code + national;
    default:
      return national;
  }
}
