import { describe, expect, it } from 'vitest';
import { type Country, normalisePhone } from '../../lib/core/phone.ts';
import type { Cell } from '../../lib/core/rows.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { badColumns, orangeRow, readOne } from './reading.ts';

describe('a phone', () => {
  it.each<[Cell, Country, string]>([
    ['0707123456', 'CI', '2250707123456'],
    ['2250707123456', 'CI', '2250707123456'],
    ['+2250707123456', 'CI', '2250707123456'],
    ['002250707123456', 'CI', '2250707123456'],
    ['+225 07 07-12.34/56', 'CI', '2250707123456'],
    [' 07\u00a007 12 34 56 ', 'CI', '2250707123456'],
    ['FRI:2250707123456/MSISDN', 'CI', '2250707123456'],
    ['MSISDN1:+225 07 07 12 34 56', 'CI', '2250707123456'],
    ['tel:+225-07-07-12-34-56;ext=12', 'CI', '2250707123456'],
    ['2250707123456@s.whatsapp.net', 'CI', '2250707123456'],
    ['N° 07 07 12 34 56 (Orange 4G)', 'CI', '2250707123456'],
    ['07;07;12;34_56', 'CI', '2250707123456'],
    ['0707123456 puis 0505123456', 'CI', '2250707123456'],
    ['771234567', 'SN', '221771234567'],
    ['221771234567', 'SN', '221771234567'],
    ['650000005', 'CM', '237650000005'],
    ['00237 650 000 005', 'CM', '237650000005'],
    ['90123456', 'TG', '22890123456'],
    ['70123456', 'BF', '22670123456'],
    ['812345678', 'CD', '243812345678'],
    ['0812345678', 'CD', '243812345678'],
    ['+243 0812345678', 'CD', '243812345678'],
    ['0197123456', 'BJ', '2290197123456'],
  ])('%j of %s becomes %s', (cell, country, digits) => {
    expect(normalisePhone(cell, country)).toBe(digits);
  });

  it('loses the country code at its start only', () => {
    expect(normalisePhone('0722507225', 'CI')).toBe('2250722507225');
    expect(normalisePhone('2250722507225', 'CI')).toBe('2250722507225');
  });

  it('of a number cell gets the leading zero back that the cell lost', () => {
    expect(normalisePhone(707_123_456, 'CI')).toBe('2250707123456');
    expect(normalisePhone(2_250_707_123_456, 'CI')).toBe('2250707123456');
    expect(normalisePhone(812_345_678, 'CD')).toBe('243812345678');
    expect(normalisePhone(771_234_567, 'SN')).toBe('221771234567');
    expect(normalisePhone(7_123_456, 'CI')).toBe(normalisePhone('07123456', 'CI'));
  });

  it('of nine digits in a text cell has not lost a zero', () => {
    expect(normalisePhone('707123456', 'CI')).toBe('707123456');
  });

  it.each([
    ['07', '07123456', '0707123456'],
    ['second digit 8', '08123456', '0708123456'],
    ['second digit 9', '49123456', '0749123456'],
    ['second digit 4', '04123456', '0504123456'],
    ['second digit 5', '05123456', '0505123456'],
    ['second digit 6', '46123456', '0546123456'],
    ['second digit 0', '40123456', '0140123456'],
    ['second digit 1', '01123456', '0101123456'],
    ['second digit 3', '03123456', '0103123456'],
  ])('of the Ivorian plan before 2021 (%s: %s) is the same subscriber as %s', (_case, old, now) => {
    expect(normalisePhone(old, 'CI')).toBe(normalisePhone(now, 'CI'));
    expect(normalisePhone(`225${old}`, 'CI')).toBe(normalisePhone(now, 'CI'));
    expect(normalisePhone(`00225 ${old}`, 'CI')).toBe(normalisePhone(now, 'CI'));
  });

  it('of the plan of Benin before 2024 gets 01 in front', () => {
    expect(normalisePhone('97123456', 'BJ')).toBe('2290197123456');
    expect(normalisePhone('+22997123456', 'BJ')).toBe('2290197123456');
  });

  it('that fits no plan of the country keeps its digits, however it is spelled', () => {
    for (const cell of ['33612345678', '+33 6 12 34 56 78', '0033612345678', 33_612_345_678]) expect(normalisePhone(cell, 'CI')).toBe('33612345678');
    expect(normalisePhone('12345', 'SN')).toBe('12345');
    expect(normalisePhone(12_345, 'SN')).toBe('12345');
  });

  it('of which a spreadsheet shows but the first digits is no phone', () => {
    for (const cell of ['2,2507E+12', '2.25071E+12', '2E+12']) expect(normalisePhone(cell, 'CI')).toBe('');
  });

  it('without any digit is no phone', () => {
    for (const cell of ['', '-', 'NULL', null, true, '+', Number.NaN, Number.POSITIVE_INFINITY]) expect(normalisePhone(cell, 'CI')).toBe('');
    expect(badColumns(operatorNamed('OMCI'), orangeRow({ Correspondant: 'inconnu' }))).toEqual(['Correspondant']);
  });

  it('in a format that knows text only may have lost its zero as well', () => {
    const read = (Correspondant: Cell, typed: boolean) => readOne(operatorNamed('OMCI'), orangeRow({ Correspondant }), { epoch: 1900, typed }).phone;
    expect(read('707123456', false)).toBe('2250707123456');
    expect(read('0707123456', false)).toBe('2250707123456');
    expect(read('707123456', true)).toBe('707123456');
    // More digits than a number holds exactly are what the file says.
    expect(read('12345678901234567', false)).toBe('12345678901234567');
  });
});
