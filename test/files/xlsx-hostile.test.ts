import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UnreadableFile } from '../../lib/files/unreadable-file.ts';
import { reasonOf, rowsOf } from './read-all.ts';
import { MAIN, relationship, relationshipsXml, sheetXml, type WorkbookXml, workbookBytes, workbookEntries } from './workbook-bytes.ts';
import { zipBytes } from './zip-bytes.ts';

const reason = async (xml: WorkbookXml) => reasonOf(await workbookBytes(xml));
const SHEET = sheetXml('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>12</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c></row>');
const STRINGS = '<si><t>a</t></si>';
const ROWS = [['a', 12], ['x']];
const SHEET_NAME = 'xl/worksheets/a.xml';

/** The offsets of the headers of an entry: in front of its data and in the directory. */
function headersOf(zip: Buffer, name: string): { readonly local: number; readonly central: number } {
  const local = zip.indexOf(name) - 30;
  const central = zip.lastIndexOf(name) - 46;
  expect([zip.readUInt32LE(local), zip.readUInt32LE(central)]).toEqual([0x04034b50, 0x02014b50]);
  return { local, central };
}

describe('a workbook that was cut or damaged', () => {
  it('cut at any byte is refused, never read in part', async () => {
    const whole = await workbookBytes({ sheets: { a: SHEET }, strings: STRINGS });
    expect(await rowsOf(whole)).toEqual(ROWS);
    for (let length = 4; length < whole.length; length += 3) expect(await reasonOf(whole.subarray(0, length))).toBe('truncated');
  });

  it('whose sheet was cut at any byte before it was zipped is corrupt', async () => {
    for (let length = 0; length < SHEET.length; length += 2) expect(await reason({ sheets: { a: SHEET.slice(0, length) }, strings: STRINGS })).toBe('corrupt');
  });

  it('whose shared strings were cut at any byte before it was zipped is corrupt', async () => {
    const strings = `<sst xmlns="${MAIN}">${STRINGS}</sst>`;
    for (let length = 0; length < strings.length; length += 2) {
      expect(await reason({ sheets: { a: SHEET }, strings: STRINGS, others: { 'xl/sharedStrings.xml': strings.slice(0, length) } })).toBe('corrupt');
    }
  });

  it('with one wrong byte is refused or read in full, wherever the byte is', async () => {
    const whole = await workbookBytes({ sheets: { a: SHEET }, strings: STRINGS });
    for (let at = 4; at < whole.length; at += 7) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      let rows: unknown = ROWS;
      try {
        rows = await rowsOf(damaged);
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableFile);
      }
      expect(rows).toEqual(ROWS);
    }
  });

  it.each([
    ['a tag that is not closed', '<worksheet><sheetData><row></sheetData></worksheet>'],
    ['tags that cross', '<worksheet><sheetData><row><c></row></c></sheetData></worksheet>'],
    ['a value that is not closed', '<worksheet><sheetData><row><c><v>1</c></row></sheetData></worksheet>'],
    ['two roots', '<worksheet/><worksheet/>'],
    ['text around the root', '<worksheet/>text'],
    ['another root', '<html><sheetData><row><c><v>1</v></c></row></sheetData></html>'],
    ['an attribute without quotes', '<worksheet><sheetData><row r=1/></sheetData></worksheet>'],
    ['an attribute without value', '<worksheet><sheetData><row r/></sheetData></worksheet>'],
    ['attributes without blank', '<worksheet><sheetData><row a="1"b="2"/></sheetData></worksheet>'],
    ['a tag in an attribute', '<worksheet><sheetData><row a="<"/></sheetData></worksheet>'],
    ['a cell in a cell', '<worksheet><sheetData><row><c><c><v>1</v></c></c></row></sheetData></worksheet>'],
    ['a row in a row', '<worksheet><sheetData><row><row/></row></sheetData></worksheet>'],
    ['a cell outside of a row', '<worksheet><sheetData><c><v>1</v></c></sheetData></worksheet>'],
    ['a cell reference of digits', '<worksheet><sheetData><row><c r="12"><v>1</v></c></row></sheetData></worksheet>'],
    ['bytes that are not UTF-8', Buffer.from('<worksheet><sheetData><row><c t="str"><v>\xe9</v></c></row></sheetData></worksheet>', 'latin1')],
    ['UTF-16', Buffer.from(`\ufeff${SHEET}`, 'utf16le')],
    ['nothing', ''],
  ])('holds %s: corrupt', async (_, sheet) => {
    const entries = { ...workbookEntries({ sheets: { a: SHEET }, strings: STRINGS }), [SHEET_NAME]: sheet };
    expect(await reasonOf(await zipBytes(entries))).toBe('corrupt');
  });
});

describe('a workbook made to do harm', () => {
  it('that brings its own entities is refused', async () => {
    const entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
    expect(await reason({ sheets: { a: `${entity}${SHEET}` }, strings: STRINGS })).toBe('corrupt');
    expect(await reason({ sheets: { a: SHEET }, strings: STRINGS, workbook: `${entity}<workbook/>` })).toBe('corrupt');
    expect(await reason({ sheets: { a: SHEET }, strings: STRINGS, others: { 'xl/sharedStrings.xml': `${entity}<sst/>` } })).toBe('corrupt');
  });

  it('that inflates a thousand times is refused before it is inflated', async () => {
    const bomb = Buffer.alloc(70_000_000, '<row/>');
    expect(await reasonOf(await zipBytes({ ...workbookEntries({ sheets: { a: SHEET }, strings: STRINGS }), [SHEET_NAME]: bomb }))).toBe('too-large');
    expect(await reasonOf(await zipBytes({ ...workbookEntries({ sheets: { a: SHEET }, strings: STRINGS }), 'xl/sharedStrings.xml': bomb }))).toBe('too-large');
  });

  it('that says a smaller size than it has is corrupt as soon as it passes that size', async () => {
    const whole = await zipBytes({ ...workbookEntries({ sheets: { a: SHEET }, strings: STRINGS }), [SHEET_NAME]: sheetXml('<row/>'.repeat(1_000_000)) });
    whole.writeUInt32LE(5_000, headersOf(whole, SHEET_NAME).central + 24);
    expect(await reasonOf(whole)).toBe('corrupt');
  });

  it('that says a larger size than it has is truncated', async () => {
    const whole = await workbookBytes({ sheets: { a: SHEET }, strings: STRINGS });
    whole.writeUInt32LE(100_000, headersOf(whole, SHEET_NAME).central + 24);
    expect(await reasonOf(whole)).toBe('truncated');
  });

  it('whose check sum is another is corrupt, although every row could be read', async () => {
    const whole = await workbookBytes({ sheets: { a: SHEET }, strings: STRINGS });
    whole.writeUInt32LE(crc32('other'), headersOf(whole, SHEET_NAME).central + 16);
    expect(await reasonOf(whole)).toBe('corrupt');
  });

  it('whose entries leave the file are refused', async () => {
    const name = `../${'x'.repeat(SHEET_NAME.length - 3)}`;
    const whole = await workbookBytes({ sheets: { a: SHEET }, strings: STRINGS });
    whole.write(name, headersOf(whole, SHEET_NAME).central + 46);
    expect(await reasonOf(whole)).toBe('corrupt');
  });

  it('with two entries of one name is corrupt: two programs would read two statements', async () => {
    const whole = await zipBytes({ ...workbookEntries({ sheets: { a: SHEET }, strings: STRINGS }), 'xl/worksheets/b.xml': SHEET });
    whole.write(SHEET_NAME, headersOf(whole, 'xl/worksheets/b.xml').central + 46);
    expect(await reasonOf(whole)).toBe('corrupt');
  });

  it('with an entry under a password is called encrypted', async () => {
    const whole = await workbookBytes({ sheets: { a: SHEET }, strings: STRINGS });
    const { central } = headersOf(whole, SHEET_NAME);
    whole.writeUInt16LE(whole.readUInt16LE(central + 8) | 1, central + 8);
    expect(await reasonOf(whole)).toBe('encrypted');
  });

  it('with a column beyond the last is too large', async () => {
    for (const reference of ['XFE1', 'ZZZZZZ1', 'ZZZZZZZZZZZZZZZZZZZZ1']) expect(await reason({ rows: `<row><c r="${reference}"><v>1</v></c></row>` })).toBe('too-large');
    expect(await reason({ rows: '<row><c r="XFD1"><v>1</v></c><c><v>1</v></c></row>' })).toBe('too-large');
  });

  it('with more rows than a sheet can have is too large', async () => {
    expect(await reason({ rows: '<row/>'.repeat(1_048_577) })).toBe('too-large');
  });

  it('with a million rows of one cell in the last column is too large', async () => {
    expect(await reason({ rows: '<row><c r="XFD1"><v>1</v></c></row>'.repeat(2_000) })).toBe('too-large');
  });

  it('nested a thousand deep is corrupt', async () => {
    expect(await reason({ rows: '<a>'.repeat(1_000) + '</a>'.repeat(1_000) })).toBe('corrupt');
  });

  it('with a thousand attributes is corrupt', async () => {
    expect(await reason({ rows: `<row ${Array.from({ length: 1_000 }, (_, index) => `a${index}="1"`).join(' ')}/>` })).toBe('corrupt');
  });

  it('with a text without end is refused before it fills the memory', async () => {
    expect(await reason({ rows: `<row><c t="inlineStr"><is><t>${'é'.repeat(6_000_000)}` })).toBe('corrupt');
  });

  it('with a header named __proto__ is a table like others', async () => {
    const rows = '<row><c t="inlineStr"><is><t>__proto__</t></is></c></row><row><c t="inlineStr"><is><t>polluted</t></is></c></row>';
    expect(await rowsOf(await workbookBytes({ rows }))).toEqual([['__proto__'], ['polluted']]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('whose sheet lies outside of the file is corrupt', async () => {
    const relationships = relationshipsXml(relationship('rId1', 'worksheet', '../../../../etc/passwd'));
    expect(await reason({ sheets: { a: SHEET }, relationships })).toBe('corrupt');
  });
});
