import { CsvError, parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvScanner } from '../../lib/files/csv-scanner.ts';
import { UnreadableFile } from '../../lib/files/unreadable-file.ts';
import { reasonOf, rowsOf } from './read-all.ts';

describe('a csv file', () => {
  it('is read with any of the usual line ends, and mixed', async () => {
    const expected = [
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ];
    expect(await rowsOf('a;b\n1;2\n3;4\n')).toEqual(expected);
    expect(await rowsOf('a;b\r\n1;2\r\n3;4')).toEqual(expected);
    expect(await rowsOf('a;b\r1;2\r3;4\r')).toEqual(expected);
    expect(await rowsOf('a;b\n1;2\r\n3;4\r')).toEqual(expected);
  });

  it('may hold delimiters, line ends and doubled quotes inside of quotes', async () => {
    expect(await rowsOf('a,b\n"1,5","x ""y""\r\nz"\n')).toEqual([
      ['a', 'b'],
      ['1,5', 'x "y"\r\nz'],
    ]);
  });

  it('keeps a quote inside of a cell that does not start with one', async () => {
    expect(await rowsOf('a;b\n5" pipe;it"s\n')).toEqual([
      ['a', 'b'],
      ['5" pipe', 'it"s'],
    ]);
  });

  it('may have rows of different lengths: none is cut or filled', async () => {
    expect(await rowsOf('Relevé\n\na;b;c\n1;2\n1;2;3;4\n')).toEqual([['Relevé'], [''], ['a', 'b', 'c'], ['1', '2'], ['1', '2', '3', '4']]);
  });

  it('keeps blanks, leading zeros and long digits as they are written', async () => {
    expect(await rowsOf('a;b\n 007 ;12345678901234567890\n')).toEqual([
      ['a', 'b'],
      [' 007 ', '12345678901234567890'],
    ]);
  });

  it('is corrupt where a quote is never closed', async () => {
    expect(await reasonOf('a;b\n1;"2\n3;4\n')).toBe('corrupt');
    expect(await reasonOf('a;b\n1;"')).toBe('corrupt');
    expect(await reasonOf('a;b\n1;"2""')).toBe('corrupt');
  });

  it('is corrupt where text follows a closing quote: nobody can tell where the cell ends', async () => {
    expect(await reasonOf('a;b\n"1"2;3\n')).toBe('corrupt');
  });

  it('is corrupt where an open quote swallows megabytes, long before its end is reached', () => {
    const scanner = new CsvScanner(';', 'utf-8');
    const piece = Buffer.from(`${'x;y\n'.repeat(250_000)}`);
    expect(() => {
      scanner.feed(Buffer.from('a;"b\n'));
      for (let megabyte = 0; megabyte < 10; megabyte++) scanner.feed(piece);
    }).toThrow('a quote is not closed');
  });

  it('is corrupt where it holds a NUL byte', async () => {
    expect(await reasonOf(Buffer.concat([Buffer.from(`a;b\n${'1;2\n'.repeat(5_000)}`), Buffer.alloc(10)]))).toBe('corrupt');
  });

  it('does not give types: the caller has to know that digits may have lost zeros', async () => {
    const { openRows } = await import('../../lib/files/open-rows.ts');
    expect((await openRows({ kind: 'bytes', bytes: Buffer.from('a;b\n1;2') })).typed).toBe(false);
  });
});

describe('any table', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '0', ' ', '"', ',', ';', '\n', '\r', 'é', '€', '😀', '\t'), maxLength: 20 });
  const table = fc.array(fc.array(text, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 20 });
  const cut = fc.integer({ min: 1, max: 40 });

  it('comes out as the csv-parse package reads it, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t', '|'), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), cut, (rows, delimiter, lineEnd, closed, size) => {
        const file = rows.map((row) => row.map((cell) => quoted(cell, delimiter)).join(delimiter)).join(lineEnd) + (closed ? lineEnd : '');
        const oracle: unknown = parse(file, { delimiter, relax_column_count: true, record_delimiter: lineEnd });
        expect(scanned(Buffer.from(file), delimiter, size)).toEqual(oracle);
      }),
      { numRuns: 500 },
    );
  });

  it('of characters with a meaning only is read as csv-parse does, or refused by both', () => {
    const noise = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n'), maxLength: 30 });
    fc.assert(
      fc.property(noise, cut, (file, size) => {
        const oracle = outcome(() => parse(file, { relax_column_count: true }));
        // The package refuses a quote inside of a cell without quotes; here it is a character.
        fc.pre(oracle !== 'CSV_INVALID_OPENING_QUOTE' && oracle !== 'INVALID_OPENING_QUOTE');
        expect(outcome(() => scanned(Buffer.from(file), ',', size))).toEqual(typeof oracle === 'string' ? 'corrupt' : oracle);
      }),
      { numRuns: 1_000 },
    );
  });
});

function quoted(cell: string, delimiter: string): string {
  return /["\r\n]/u.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function scanned(bytes: Buffer, delimiter: string, size: number): readonly unknown[] {
  const scanner = new CsvScanner(delimiter, 'utf-8');
  const rows: unknown[] = [];
  for (let at = 0; at < bytes.length; at += size) rows.push(...scanner.feed(bytes.subarray(at, at + size)));
  return [...rows, ...scanner.end()];
}

function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof CsvError) return error.code;
    if (error instanceof UnreadableFile) return error.reason;
    throw error;
  }
}
