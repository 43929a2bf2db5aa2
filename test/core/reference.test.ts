import { describe, expect, it } from 'vitest';
import { cellText, headerKey, isBlank, reference } from '../../lib/core/reference.ts';

describe('the text of a cell', () => {
  it('is what it shows, without the blanks around it', () => {
    expect([' PP1\u00a0', '\tPP1', 12, 12.5, true, false, null, undefined].map(cellText)).toEqual(['PP1', 'PP1', '12', '12.5', 'TRUE', 'FALSE', '', '']);
  });

  it('of a long number is all of its digits', () => {
    expect(cellText(1e21)).toBe('1000000000000000000000');
  });

  it('is nothing where the cell is blank, and only then', () => {
    expect([null, undefined, '', ' \u00a0', '0', 0, false].map(isBlank)).toEqual([true, true, true, true, false, false, false]);
  });
});

it('a reference is none where it says so, and only then', () => {
  expect(['', '-', 'NULL', 'null', 'Null'].map(reference)).toEqual(Array(5).fill(undefined));
  expect(['--', 'NULLE', '0', 'nil'].map(reference)).toEqual(['--', 'NULLE', '0', 'nil']);
});

it('headers are compared without case, accents and further blanks, but not without any blank', () => {
  expect(headerKey(' Numéro   de TÉLÉPHONE')).toBe('numero de telephone');
  expect(headerKey('Date valeur')).not.toBe(headerKey('Datevaleur'));
});
