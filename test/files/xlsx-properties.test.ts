import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utils, write } from 'xlsx';
import { SheetScan } from '../../lib/files/xlsx/sheet-scan.ts';
import { TextPool } from '../../lib/files/xlsx/text-pool.ts';
import { rowsOf } from './read-all.ts';
import { sheetXml } from './workbook-bytes.ts';

const character = fc.constantFrom('a', '0', ' ', '&', '<', '>', '"', "'", '\n', '\t', '_', 'x', 'é', '€', '😀', '-', '.', ',');
const text = fc.string({ unit: character, minLength: 1, maxLength: 20 });
/** Numbers that a spreadsheet can show: fifteen digits, and not next to zero, which SheetJS writes wrongly in xlsb. */
const double = fc.double({ min: -1e15, max: 1e15, noNaN: true }).filter((value) => value === 0 || Math.abs(value) > 1e-9);
const cents = fc.integer({ min: 0, max: 99_999_999 }).map((value) => value / 100);
const number = fc.oneof(fc.integer(), double, cents, fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }));
const cell = fc.oneof({ weight: 4, arbitrary: text }, { weight: 4, arbitrary: number }, fc.boolean(), fc.constant(null));
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 15 });

/** What two files say the same: nothing after the last cell of a row, no blank rows, no minus zero. */
function said(rows: readonly (readonly unknown[])[]): unknown {
  return rows
    .map((row) => {
      const cells = row.map((value) => (value === 0 ? 0 : value));
      return cells.slice(0, cells.findLastIndex((value) => value !== null) + 1);
    })
    .filter((row) => row.length > 0);
}

describe('any table', () => {
  it.each([true, false])('written by SheetJS comes back cell by cell (shared strings: %s)', async (bookSST) => {
    await fc.assert(
      fc.asyncProperty(table, fc.boolean(), async (rows, compression) => {
        fc.pre(rows.some((row) => row.some((value) => value !== null)));
        const book = utils.book_new();
        utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'Relevé');
        const file = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx', bookSST, compression }));
        expect(said(await rowsOf(file))).toEqual(said(rows));
      }),
      { numRuns: 150 },
    );
  });

  it.each(['xls', 'xlsb', 'ods'] as const)('written as %s comes back cell by cell', async (bookType) => {
    const plain = fc.array(
      fc.array(
        fc.oneof(
          text.map((value) => value.replace(/[\s_]/gu, 'é')),
          number,
          fc.boolean(),
          fc.constant(null),
        ),
        { minLength: 1, maxLength: 8 },
      ),
      { minLength: 1, maxLength: 15 },
    );
    await fc.assert(
      fc.asyncProperty(plain, async (rows) => {
        fc.pre(rows.some((row) => row.some((value) => value !== null)));
        const book = utils.book_new();
        utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'Relevé');
        expect(said(await rowsOf(new Uint8Array(write(book, { type: 'array', bookType, bookSST: true }))))).toEqual(said(rows));
      }),
      { numRuns: 40 },
    );
  });
});

describe('the XML of a sheet', () => {
  const xml = fc.constantFrom(
    '<c r="A1" s="1" t="s"><v>0</v></c>',
    '<c t="s"><v>1</v></c>',
    '<c><v>12.5</v></c>',
    "<c t='n' ><v>-7</v></c >",
    '<c t="inlineStr"><is><t>é &amp; à</t></is></c>',
    '<c t="str"><f>"&lt;"&amp;A1</f><v>x_x000D_y</v></c>',
    '<c/>',
    '<c><v/></c>',
    '<c><v>1<!-- > -->2</v></c>',
    '<x:c xmlns:x="y" t="b"><x:v>1</x:v></x:c>',
    '<c t="inlineStr"><is><r><t>a</t></r><rPh><t>no</t></rPh><r><t><![CDATA[b]]></t></r></is></c>',
    '<c r="AB9"><v>99999999999999999999</v></c>',
  );

  it('gives the same rows wherever its bytes are cut into chunks', () => {
    const strings = new TextPool();
    strings.add('un');
    strings.add('deux');
    const scanned = (bytes: Buffer, size: number) => {
      const scan = new SheetScan(strings);
      const rows = [];
      for (let at = 0; at < bytes.length; at += size) rows.push(...scan.feed(bytes.subarray(at, at + size)));
      scan.end();
      return rows;
    };
    fc.assert(
      fc.property(fc.array(fc.array(xml, { maxLength: 6 }), { maxLength: 6 }), fc.integer({ min: 1, max: 60 }), (rows, size) => {
        const unplaced = rows.map((cells) => cells.map((one) => one.replace(/ r="[A-Z]+\d+"/u, '')));
        const bytes = Buffer.from(sheetXml(unplaced.map((cells) => `<row>${cells.join('')}</row>`).join('\n')));
        const whole = scanned(bytes, bytes.length);
        expect(whole.map((row) => row.length)).toEqual(rows.map((cells) => cells.length));
        expect(scanned(bytes, size)).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });
});
