import { describe, expect, it } from 'vitest';
import { reference } from '../../lib/core/reference.ts';
import type { Cell } from '../../lib/core/rows.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { badColumns, orangeRow, readOne } from './reading.ts';

const orange = operatorNamed('OMCI');
const payid = (Référence: Cell) => readOne(orange, orangeRow({ Référence })).payid;

describe('the payid of a statement row', () => {
  it('loses blanks, tabs and no-break spaces around it, and none inside', () => {
    expect(payid('\t PP 1.\u00a02\u00a0\u202f')).toBe('PP 1.\u00a02');
  });

  it('keeps case and leading zeros: it is compared exactly', () => {
    expect(payid('pp0012')).toBe('pp0012');
    expect(payid('0012')).toBe('0012');
  });

  it('of a number cell is its integer digits, never an exponent', () => {
    expect(payid(123_456_789_012)).toBe('123456789012');
    expect(payid(1e21)).toBe('1000000000000000000000');
  });

  it.each(['', '  ', '\u00a0', null])('must not be %j', (Référence) => {
    expect(badColumns(orange, orangeRow({ Référence }))).toEqual(['Référence']);
  });

  it.each(['', '-', 'NULL', 'null'])('that says "%s" is no reference at all', (text) => {
    expect(reference(text)).toBeUndefined();
  });

  it.each(['0', '--', 'NULLE', 'N/A'])('that says "%s" is a reference', (text) => {
    expect(reference(text)).toBe(text);
  });
});
