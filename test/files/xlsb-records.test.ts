import { describe, expect, it } from 'vitest';
import { holdsRecords, XlsbRecords } from '../../lib/files/xlsb-records.ts';

/** Heads with sizes of one and of two bytes, types of one and of two. */
const CELL = [7, 12, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0];
const LONG = [0x9f, 0x01, 0x80 + 72, 1, ...Array.from({ length: 200 }, () => 0)];
const EMPTY = [0x82, 0x01, 0];
const row = (index: number) => [0, 8, index & 0xff, (index >> 8) & 0xff, (index >> 16) & 0xff, (index >> 24) & 0xff, 0, 0, 0, 0];

/** Looks through bytes that come in pieces of so many. */
function look(bytes: readonly number[], piece = bytes.length): void {
  const records = new XlsbRecords();
  for (let at = 0; at < bytes.length; at += piece) records.feed(Uint8Array.from(bytes.slice(at, at + piece)));
  records.end();
}

describe('the records of a binary workbook', () => {
  it.each([1, 2, 3, 7, 1_000])('are taken as they are, in pieces of %i bytes', (piece) => {
    expect(() => look([...row(1_048_575), ...CELL, ...EMPTY, ...LONG, ...row(0)], piece)).not.toThrow();
  });

  it('may be none', () => {
    expect(() => look([])).not.toThrow();
  });

  it.each([1, 4, 1_000])('that run beyond their part are refused, in pieces of %i bytes', (piece) => {
    for (let kept = 1; kept < LONG.length; kept++) expect(() => look([...CELL, ...LONG.slice(0, kept)], piece)).toThrow(expect.objectContaining({ reason: 'corrupt' }));
  });

  it.each([1, 3, 1_000])('with a row beyond those of a sheet are refused, in pieces of %i bytes', (piece) => {
    expect(() => look([...row(5), ...row(1_048_576)], piece)).toThrow(expect.objectContaining({ reason: 'too-large' }));
    expect(() => look(row(-1), piece)).toThrow(expect.objectContaining({ reason: 'too-large' }));
  });

  it('lie in the parts of the workbook, not in what printers and macros leave there', () => {
    expect(['xl/workbook.bin', 'xl/worksheets/sheet1.bin', 'xl/sharedstrings.bin'].filter(holdsRecords)).toHaveLength(3);
    expect(['xl/vbaproject.bin', 'xl/printersettings/printersettings1.bin', 'xl/embeddings/oleobject1.bin', 'docprops/app.xml'].filter(holdsRecords)).toEqual([]);
  });
});
