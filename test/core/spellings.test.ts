import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPERATORS } from '../../lib/core/catalogue.ts';
import { secondsInstant } from '../../lib/core/local-time.ts';
import { readAmount } from '../../lib/core/money.ts';
import { type Country, countryCode, normalisePhone } from '../../lib/core/phone.ts';
import type { Cell } from '../../lib/core/rows.ts';
import { patternText } from '../../lib/local/sample/wire-rows.ts';
import { cases } from '../fixed-seed.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { readOne } from './reading.ts';

const blank = fc.constantFrom('', ' ', '\u00a0', '\u202f', '\u2009', '\t');
const word = fc.constantFrom('', '', 'FCFA', 'F CFA', 'CFA', 'XOF', 'xaf', 'GNF', 'CDF', 'USD', '$', 'F', 'FC');

/** An amount and one of its spellings, put together from the amount. */
const spelledAmounts = (digits: 0 | 2) =>
  fc
    .record({
      minor: fc.integer({ min: -9_999_999_999, max: 9_999_999_999 }),
      group: fc.constantFrom('', ',', '.', ' ', '\u00a0', '\u202f'),
      zeros: fc.constantFrom(0, 1, 2),
      mark: fc.constantFrom('.', ','),
      before: blank,
      after: blank,
      front: fc.boolean(),
      word,
    })
    .map(({ minor, group, zeros, mark, before, after, front, word: currency }) => {
      const plain = String(Math.abs(minor)).padStart(digits + 1, '0');
      const whole = digits === 0 ? plain : plain.slice(0, -digits);
      const fraction = digits === 0 ? '0'.repeat(zeros) : plain.slice(-digits);
      const groups: string[] = [];
      for (let end = whole.length; end > 0; end -= 3) groups.unshift(whole.slice(Math.max(0, end - 3), end));
      const decimal = mark === group ? (mark === '.' ? ',' : '.') : mark;
      const number = groups.join(group) + (fraction === '' ? '' : decimal + fraction);
      const signed = (minor < 0 ? '-' : '') + number;
      return { minor, text: before + (front ? currency + before + signed : signed + after + currency) + after };
    });

describe('an amount, however it is spelled', () => {
  it.each([0, 2] as const)('is read back to the unit in a currency of %i decimals', (digits) => {
    fc.assert(
      fc.property(spelledAmounts(digits), ({ minor, text }) => {
        expect(readAmount(text, digits), JSON.stringify(text)).toEqual({ kind: 'amount', minor });
      }),
      cases(3_000),
    );
  });

  it('is never a number where the text holds anything else', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.,- eE%/aàx') }), (text) => {
        if (!/[eE%/aàx]/u.test(text)) return;
        expect(readAmount(text, 0).kind).toBe('unreadable');
      }),
    );
  });
});

/** How long national numbers are, and how they begin where that is told. */
const NUMBERS = {
  CI: /^(?:07[0-9][7-9]|05[0-9][4-6]|01[0-9][0-3])[0-9]{6}$/,
  BJ: /^01[4-9][0-9]{7}$/,
  SN: /^7[0-9]{8}$/,
  CM: /^6[0-9]{8}$/,
  CD: /^[89][0-9]{8}$/,
  TG: /^[79][0-9]{7}$/,
  BF: /^[567][0-9]{7}$/,
} as const satisfies Record<Country, RegExp>;

const COUNTRIES = ['CI', 'BJ', 'SN', 'CM', 'CD', 'TG', 'BF'] as const satisfies readonly Country[];
const OLD_DIGITS = 8;

/** A subscriber and one spelling of the number. */
const spelledPhones = (country: Country) =>
  fc
    .record({ national: fc.stringMatching(NUMBERS[country]), prefix: fc.constantFrom('', '+', '00', 'code'), gap: fc.constantFrom('', ' ', '-', '.', '\u00a0'), way: fc.nat(4) })
    .map(({ national, prefix, gap, way }) => {
      const code = countryCode(country);
      const hasOldPlan = country === 'CI' || country === 'BJ';
      const number = way === 0 && hasOldPlan ? national.slice(-OLD_DIGITS) : way === 1 && country === 'CD' ? `0${national}` : national;
      const full = prefix === '' ? number : (prefix === 'code' ? '' : prefix) + code + gap + number;
      const text = full.replace(/(\d\d)(?=\d{4}$)/u, `$1${gap}`);
      const cell: Cell = way === 2 && prefix !== '00' ? Number(full.replace(/\D/gu, '')) : text;
      return { digits: code + national, cell };
    });

describe('a phone, however it is spelled', () => {
  it.each(COUNTRIES)('of %s is the same subscriber', (country) => {
    fc.assert(
      fc.property(spelledPhones(country), ({ digits, cell }) => {
        expect(normalisePhone(cell, country), JSON.stringify(cell)).toBe(digits);
      }),
      cases(500),
    );
  });

  it.each(COUNTRIES)('of %s is normalised once for all: what is normal stays as it is', (country) => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.nat(), fc.string({ unit: fc.constantFrom(...'0123456789') })), (cell) => {
        const digits = normalisePhone(cell, country);
        expect(digits).toMatch(/^\d*$/u);
        expect(normalisePhone(digits, country)).toBe(digits);
      }),
      cases(500),
    );
  });
});

describe('a moment, whatever the layout', () => {
  it.each(OPERATORS)('of $code is read back to the second, from text and from date cells', ({ code }) => {
    // A zone of UTC keeps this about layouts; zones have tests of their own.
    const operator = operatorNamed(code, { timeZone: 'UTC' });
    const { moment, columns } = operator.layout;
    const rest = {
      [columns.payid]: 'PP1',
      [columns.status]: 'SUCCES',
      [columns.amount]: 100,
      [columns.account]: operator.account,
      ...(columns.phone === undefined ? {} : { [columns.phone]: '0700000000' }),
      ...(columns.transId === undefined ? {} : { [columns.transId]: 'U1' }),
    };
    const cells = (seconds: number, serial: boolean) =>
      moment.kind === 'one-column'
        ? { [moment.column]: serial ? seconds / 86_400 + 25_569 : patternText(moment.pattern, seconds) }
        : {
            [moment.dateColumn]: serial ? Math.floor(seconds / 86_400) + 25_569 : patternText(moment.datePattern, seconds),
            [moment.timeColumn]: serial ? (seconds % 86_400) / 86_400 : patternText(moment.timePattern, seconds),
          };
    const momentSeconds = fc.integer({ min: Date.UTC(2000, 0, 1) / 1_000, max: Date.UTC(2099, 11, 31) / 1_000 });
    fc.assert(
      fc.property(momentSeconds, fc.boolean(), (seconds, serial) => {
        expect(secondsInstant(readOne(operator, { ...cells(seconds, serial), ...rest }).time)).toBe(secondsInstant(seconds));
      }),
    );
  });
});
