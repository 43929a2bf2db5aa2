import { describe, expect, it } from 'vitest';
import { delimiterOf } from '../../lib/files/csv-delimiter.ts';

describe('the delimiter of a csv file', () => {
  it.each([
    [';', 'a;b;c\n1;2;3\n'],
    [',', 'a,b,c\n1,2,3\n'],
    ['\t', 'a\tb\tc\n1\t2\t3\n'],
    ['|', 'a|b|c\n1|2|3\n'],
  ])('may be %j', (delimiter, text) => {
    expect(delimiterOf(text)).toBe(delimiter);
  });

  it('is not the comma of the amounts', () => {
    expect(delimiterOf('date;montant;payid\n12/03/2026;1,000;A\n13/03/2026;2,500;B\n')).toBe(';');
  });

  it('is not the comma of the dates', () => {
    expect(delimiterOf('date;montant;payid\nMar 12, 2026;1000;A\nMar 13, 2026;2500;B\n')).toBe(';');
  });

  it('is found under a preamble of twenty lines without it', () => {
    expect(delimiterOf(`${'Relevé de compte, marchand 0700000000\n'.repeat(20)}date;montant;payid;statut;compte\n${'12/03/2026;1000;A;OK;X\n'.repeat(9)}`)).toBe(';');
  });

  it('does not count inside of quotes', () => {
    expect(delimiterOf('a,b\n"x;y;z;u;v","1;2;3;4;5"\n"x;y;z;u;v","1;2;3;4;5"\n')).toBe(',');
  });

  it('is what the first line says to a spreadsheet program', () => {
    expect(delimiterOf('sep=;\r\na,b,c;d\r\n1,2,3;4\r\n')).toBe(';');
  });

  it('is found where there is only a header', () => {
    expect(delimiterOf('a;b;c')).toBe(';');
  });

  it('is found where there is only a header under a preamble, with or without a line end', () => {
    expect(delimiterOf('Relevé\n\na;b;c')).toBe(';');
    expect(delimiterOf('Relevé\n\na;b;c\n')).toBe(';');
  });

  it('is a comma where the file has one column', () => {
    expect(delimiterOf('payid\nA\nB\n')).toBe(',');
  });
});
