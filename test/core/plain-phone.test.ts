import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNTRIES, countryCode, normalisePhone } from '../../lib/core/phone.ts';
import { plainPhoneReader } from '../../lib/core/plain-phone.ts';
import { cases } from '../fixed-seed.ts';

const country = fc.constantFrom(...COUNTRIES);
const digits = (most: number) => fc.string({ unit: fc.constantFrom(...'0012579'), maxLength: most });
const phone = fc.tuple(country, fc.constantFrom('', '0', '00', '0000', '000'), fc.boolean(), digits(11)).map(([code, exit, coded, rest]) => ({
  code,
  text: exit + (coded ? countryCode(code) : '') + rest,
}));

/** The number that stands for a cell of digits, or NaN. */
function read(text: string, code: (typeof COUNTRIES)[number], isNumber: boolean): number {
  const bytes = new TextEncoder().encode(`x${text}x`);
  return plainPhoneReader(code)(bytes, 1, bytes.length - 1, isNumber);
}

describe('a phone of digits alone, read from its bytes', () => {
  it('is the number of the full digits that it has as text', () => {
    fc.assert(
      fc.property(phone, ({ code, text }) => {
        const number = read(text, code, false);
        fc.pre(!Number.isNaN(number));
        expect(String(number)).toBe(normalisePhone(text, code));
      }),
      cases(3_000),
    );
  });

  it('gets back the zero that a number cell lost', () => {
    fc.assert(
      fc.property(phone, ({ code, text }) => {
        fc.pre(/^[1-9]\d{0,14}$/u.test(text));
        const number = read(text, code, true);
        fc.pre(!Number.isNaN(number));
        expect(String(number)).toBe(normalisePhone(Number(text), code));
      }),
      cases(3_000),
    );
  });

  it('is left to the reader of texts where no number can stand for it', () => {
    for (const text of ['', '0', '00', '0123', '1234567890123456', '07 07', '+225', '070712345:', '07071234/6']) expect(read(text, 'SN', false)).toBeNaN();
  });

  it('is a number for every number of a plan', () => {
    expect(read('0707123456', 'CI', false)).toBe(2_250_707_123_456);
    expect(read('707123456', 'CI', true)).toBe(2_250_707_123_456);
    expect(read('002250707123456', 'CI', false)).toBe(2_250_707_123_456);
    expect(read('07123456', 'CI', false)).toBe(2_250_707_123_456);
    expect(read('22507123456', 'CI', false)).toBe(2_250_707_123_456);
    expect(read('7123456', 'CI', true)).toBe(2_250_707_123_456);
    expect(read('0890000006', 'CD', false)).toBe(243_890_000_006);
    expect(read('0797979797', 'CI', false)).toBe(2_250_797_979_797);
  });

  it('is its own digits where it fits no plan, a number cell as well', () => {
    expect(['1000', '12345', '10'].map((text) => read(text, 'SN', false))).toEqual([1_000, 12_345, 10]);
    expect(read('07071234:6', 'CI', false)).toBeNaN();
    expect([read('12345', 'CI', true), read('12345', 'SN', true), read('1890000006', 'CD', false)]).toEqual([12_345, 12_345, 1_890_000_006]);
  });
});
