import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountNumber, amountText, readAmount, transactionAmount } from '../../lib/core/money.ts';
import type { Cell } from '../../lib/core/rows.ts';

const francs = (cell: Cell) => readAmount(cell, 0);
const cents = (cell: Cell) => readAmount(cell, 2);
const is = (minor: number) => ({ kind: 'amount', minor });

describe('an amount in a currency without minor unit', () => {
  it.each<[Cell, number]>([
    ['5000', 5_000],
    [5000, 5_000],
    ['5 000', 5_000],
    ['5\u00a0000', 5_000],
    ['5\u202f000', 5_000],
    ['5\u2009000', 5_000],
    ['5,000', 5_000],
    ['5.000', 5_000],
    ['1,250,000', 1_250_000],
    ['1.250.000', 1_250_000],
    ['1.250.00', 125_000],
    ['1 250 000,00', 1_250_000],
    ['1,250,000.00', 1_250_000],
    ['1.250.000,00', 1_250_000],
    ['200.00', 200],
    ['200,0', 200],
    ['200.', 200],
    ['200.0000', 200],
    ['1.000,000', 1_000],
    ['5000 FCFA', 5_000],
    ['5 000 F CFA', 5_000],
    ['XOF 5000', 5_000],
    ['5000 xof', 5_000],
    ['5000F', 5_000],
    ['XAF5,000.00', 5_000],
    ['+5000', 5_000],
    ['-5000', -5_000],
    ['- 5 000', -5_000],
    ['\u22125000', -5_000],
    [-5000, -5_000],
    ['0', 0],
    [0, 0],
    [-0, 0],
    ['-0', 0],
    ['007', 7],
    [100.000_000_000_000_01, 100],
    ['9007199254740991', 9_007_199_254_740_991],
  ])('reads %j as %i', (cell, minor) => {
    expect(francs(cell)).toEqual(is(minor));
  });

  it.each<Cell>([
    '200.50',
    200.5,
    '1,250,000.5',
    '0.01',
    'abc',
    '5000 EUR',
    '12a',
    '1e5',
    '5-000',
    '--5',
    '(5000)',
    true,
    1e15,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '9007199254740993',
    '.',
    ',',
    'FCFA',
    '- FCFA',
    1e-9,
  ])('refuses %j rather than guess', (cell) => {
    expect(francs(cell).kind).toBe('unreadable');
  });

  it.each<[string, Cell, string]>([
    ['a fraction of it', '200.50', 'trop de décimales pour la devise'],
    ['a number cell with a fraction', 200.5, 'trop de décimales pour la devise'],
    ['nearly nothing', -1e-9, 'trop de décimales pour la devise'],
    ['words', 'abc', 'pas un montant'],
    ['a lone mark', '.', 'pas un montant'],
    ['a lone sign and a currency', '- FCFA', 'pas un montant'],
    ['yes or no', false, 'pas un montant'],
    ['more than a number cell can show', 1e15, 'montant hors limites'],
    ['what a number cell rounds to more than it can show', 999_999_999_999_999.9, 'montant hors limites'],
    ['less than a number cell can show', -1e15, 'montant hors limites'],
    ['no number', Number.NaN, 'montant hors limites'],
    ['more than is exact', '9007199254740993', 'montant hors limites'],
  ])('says why it refuses %s', (_what, cell, reason) => {
    expect(francs(cell)).toEqual({ kind: 'unreadable', reason });
  });

  it.each<Cell>(['', '  ', '\u00a0', null])('is missing where the cell is %j', (cell) => {
    expect(francs(cell)).toEqual({ kind: 'missing' });
  });

  it.each(['-', ' - ', '\u00a0-'])('is no credit where the cell is a lone "%s"', (cell) => {
    expect(francs(cell)).toEqual({ kind: 'none' });
  });
});

describe('an amount in a currency with two decimals', () => {
  it.each<[Cell, number]>([
    ['12.50', 1_250],
    ['12,5', 1_250],
    ['12', 1_200],
    [12.5, 1_250],
    [1_250_000.57, 125_000_057],
    ['1,250,000.57', 125_000_057],
    ['1 250 000,57 CDF', 125_000_057],
    ['5,000', 500_000],
    ['0.01 USD', 1],
    ['$3.20', 320],
    ['-3.20', -320],
    [0.1 + 0.2, 30],
    [-12.5, -1_250],
    [0, 0],
    [7, 700],
    [999_999_999_999, 99_999_999_999_900],
    [1_000_000_000_000, 100_000_000_000_000],
  ])('reads %j as %i cents', (cell, minor) => {
    expect(cents(cell)).toEqual(is(minor));
  });

  it.each<Cell>(['12.5050', 12.505, '0,0001'])('refuses %j: there is nothing below the cent', (cell) => {
    expect(cents(cell).kind).toBe('unreadable');
  });
});

describe('an amount that is written and read again', () => {
  it('comes back whatever it is, as text and as number', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999_999_999, max: 99_999_999_999_999 }), fc.constantFrom(0, 2), (minor, digits) => {
        expect(readAmount(amountText(minor, digits), digits)).toEqual(is(minor));
        expect(readAmount(amountNumber(minor, digits), digits)).toEqual(is(minor));
      }),
    );
  });

  it('shows two decimals as text, and at most two as number', () => {
    expect(amountText(1_250, 2)).toBe('12.50');
    expect(amountText(-5, 2)).toBe('-0.05');
    expect(amountText(0, 2)).toBe('0.00');
    expect(amountText(-123_456, 2)).toBe('-1234.56');
    expect(amountNumber(1_250, 2)).toBe(12.5);
    expect(amountText(1_250, 0)).toBe('1250');
  });
});

describe('the amount of a transaction that was paired', () => {
  it('is read in the currency of its operator', () => {
    expect(transactionAmount('5000.0', 'XOF')).toBe(5_000);
    expect(transactionAmount('12.5', 'USD')).toBe(1_250);
  });

  it('was read before: one that cannot be read is a defect, not a zero', () => {
    for (const text of ['', '-', 'abc', '12.5050']) expect(() => transactionAmount(text, 'USD')).toThrow('a paired transaction without an amount');
  });
});
