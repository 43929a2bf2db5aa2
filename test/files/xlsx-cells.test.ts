import { describe, expect, it } from 'vitest';
import { reasonOf, rowsOf } from './read-all.ts';
import { MAIN, type WorkbookXml, workbookBytes } from './workbook-bytes.ts';

const read = async (xml: WorkbookXml) => rowsOf(await workbookBytes(xml));
const reason = async (xml: WorkbookXml) => reasonOf(await workbookBytes(xml));
/** The value of the only cell. */
const cell = async (xml: string, strings?: string) => (await read({ rows: `<row>${xml}<c><v>1</v></c></row>`, ...(strings === undefined ? {} : { strings }) }))[0]?.[0];

describe('a cell of an xlsx sheet', () => {
  it.each([
    ['0', 0],
    ['-0', 0],
    ['5000', 5_000],
    ['-12.5', -12.5],
    ['46093.352083333331', 46_093.352_083_333_331],
    ['0.1', 0.1],
    ['1E3', 1_000],
    ['2.2507070123E+12', 2_250_707_012_300],
    ['999999999999999', 999_999_999_999_999],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['123456789.123456789', 123_456_789.123_456_79],
    ['.5', 0.5],
    ['5.', 5],
    [' 7 ', 7],
    ['+7', 7],
  ])('may be the number %s', async (text, value) => {
    expect(await cell(`<c><v>${text}</v></c>`)).toBe(value);
    expect(await cell(`<c t="n"><v>${text}</v></c>`)).toBe(value);
  });

  it('that holds an integer too long for a number keeps its digits as text', async () => {
    expect(await cell('<c><v>12345678901234567890</v></c>')).toBe('12345678901234567890');
  });

  it.each(['abc', '0x10', 'Infinity', '1,5', '--1', '1.2.3', '1e400'])('that claims to be a number but is %s keeps its text', async (text) => {
    expect(await cell(`<c><v>${text}</v></c>`)).toBe(text);
  });

  it('may be a shared string, with the blanks it has', async () => {
    expect(await cell('<c t="s"><v>1</v></c>', '<si><t>a</t></si><si><t xml:space="preserve"> b </t></si>')).toBe(' b ');
  });

  it('may hold its text itself, with the blanks it has', async () => {
    for (const tag of ['<t>', '<t xml:space="preserve">']) expect(await cell(`<c t="inlineStr"><is>${tag} b </t></is></c>`)).toBe(' b ');
  });

  it('may be rich text: the runs put together, reading aids left out', async () => {
    const strings = '<si><r><rPr><b/></rPr><t>MP</t></r><r><t xml:space="preserve"> 26</t></r><rPh sb="0" eb="1"><t>kana</t></rPh><phoneticPr fontId="1"/></si>';
    expect(await cell('<c t="s"><v>0</v></c>', strings)).toBe('MP 26');
    expect(await cell('<c t="inlineStr"><is><r><t>MP</t></r><r><t>26</t></r><rPh sb="0" eb="1"><t>kana</t></rPh></is></c>')).toBe('MP26');
  });

  it('may be an empty shared string', async () => {
    expect(await cell('<c t="s"><v>0</v></c>', '<si><t/></si><si/><si><t></t></si>')).toBe('');
    expect(await cell('<c t="s"><v>2</v></c>', '<si><t/></si><si/><si><t></t></si>')).toBe('');
  });

  it('that names a shared string which does not exist makes the file corrupt', async () => {
    expect(await reason({ rows: '<row><c t="s"><v>1</v></c></row>', strings: '<si><t>a</t></si>' })).toBe('corrupt');
    expect(await reason({ rows: '<row><c t="s"><v>-1</v></c></row>', strings: '<si><t>a</t></si>' })).toBe('corrupt');
    expect(await reason({ rows: '<row><c t="s"><v>0</v></c></row>' })).toBe('corrupt');
  });

  it('may hold its text itself', async () => {
    expect(await cell('<c t="inlineStr"><is><t>007</t></is></c>')).toBe('007');
    expect(await cell('<c t="inlineStr"><is><t></t></is></c>')).toBe('');
  });

  it('may be the result of a formula: the formula is not its value', async () => {
    expect(await cell('<c t="str"><f>CONCATENATE("a",B1)</f><v>ab</v></c>')).toBe('ab');
    expect(await cell('<c><f>SUM(A1:A9)</f><v>12</v></c>')).toBe(12);
    expect(await cell('<c t="str"><f>A1</f></c>')).toBeNull();
  });

  it('may be true, false, an error or an ISO date; the latter two are text', async () => {
    expect(await cell('<c t="b"><v>1</v></c>')).toBe(true);
    expect(await cell('<c t="b"><v>0</v></c>')).toBe(false);
    expect(await cell('<c t="e"><v>#N/A</v></c>')).toBe('#N/A');
    expect(await cell('<c t="d"><v>2026-03-12T08:27:39</v></c>')).toBe('2026-03-12T08:27:39');
  });

  it.each(['<c/>', '<c></c>', '<c s="1"/>', '<c><v/></c>', '<c><v></v></c>', '<c t="s"><v/></c>', '<c t="n"/>', '<c t="b"><v></v></c>'])(
    'is nothing where it has no value: %s',
    async (xml) => {
      expect(await cell(xml)).toBeNull();
    },
  );

  it('has its entities, numbered ones and escapes put back', async () => {
    expect(await cell('<c t="inlineStr"><is><t>&lt;a&gt; &amp;amp; &quot;&apos;&#233;&#xE9;&#x1F600;</t></is></c>')).toBe('<a> &amp; "\'éé😀');
    expect(await cell('<c t="inlineStr"><is><t>a_x000D_b_x005F_x000D_c_x00e9__xZZZZ_</t></is></c>')).toBe('a\rb_x000D_cé_xZZZZ_');
    expect(await cell('<c t="s"><v>0</v></c>', '<si><t>R&amp;D_x000A_é</t></si>')).toBe('R&D\né');
    expect(await cell('<c t="str"><v>a&amp;b</v></c>')).toBe('a&b');
  });

  it('with an entity that XML does not know makes the file corrupt', async () => {
    for (const entity of ['&xxe;', '& ', '&#0;', '&#x110000;', '&amp']) expect(await reason({ rows: `<row><c t="inlineStr"><is><t>${entity}</t></is></c></row>` })).toBe('corrupt');
  });

  it('may be written with CDATA and comments', async () => {
    expect(await cell('<c t="inlineStr"><is><t><![CDATA[a<b&c]]>d<!-- </t> -->e</t></is></c>')).toBe('a<b&cde');
    expect(await cell('<c><v>1<!-- -->2<![CDATA[3]]></v></c>')).toBe(123);
    expect(await cell('<c t="s"><v><![CDATA[0]]></v></c>', '<si><t>a<![CDATA[&]]>b</t></si>')).toBe('a&b');
  });

  it('has line ends as XML reads them', async () => {
    expect(await cell('<c t="inlineStr"><is><t>a\r\nb\rc</t></is></c>')).toBe('a\nb\nc');
  });
});

describe('a row of an xlsx sheet', () => {
  it('has nothing where cells are left out, and as many cells as it needs', async () => {
    expect(await read({ rows: '<row r="1"><c r="B1"><v>1</v></c><c r="D1"><v>2</v></c></row><row r="7"><c r="A7"><v>3</v></c></row>' })).toEqual([[null, 1, null, 2], [3]]);
  });

  it('may leave out the references of its cells', async () => {
    expect(await read({ rows: '<row><c><v>1</v></c><c r="C1"><v>2</v></c><c><v>3</v></c></row>' })).toEqual([[1, null, 2, 3]]);
  });

  it('may have references of any case and columns up to XFD', async () => {
    const [row] = await read({ rows: '<row><c r="aa1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>' });
    expect(row?.length).toBe(16_384);
    expect([row?.[26], row?.[16_383]]).toEqual([1, 2]);
  });

  it('without cells is a blank row', async () => {
    expect(await read({ rows: '<row r="1"/><row r="2"><c r="A2"><v>1</v></c></row><row r="3"></row><row r="4"><c r="A4" s="3"/></row>' })).toEqual([[], [1], [], [null]]);
  });

  it('with two values in one place makes the file corrupt', async () => {
    expect(await reason({ rows: '<row><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>' })).toBe('corrupt');
  });

  it('may be written with any prefix, quotes and blanks', async () => {
    const sheet = `<x:worksheet xmlns:x='${MAIN}'>\n<x:sheetData >\n<x:row r = '1' >\n<x:c t='inlineStr'\n r='A1' ><x:is><x:t>a</x:t></x:is></x:c ><x:c r='B1'><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>\n`;
    expect(await read({ sheets: { sheet1: sheet } })).toEqual([['a', 2]]);
  });

  it('is not confused by what stands around the rows', async () => {
    const sheet = `\ufeff<?xml version="1.0"?><!-- <row> --><worksheet xmlns="${MAIN}"><sheetPr/><dimension ref="A1:XFD1048576"/><cols><col min="1" max="2"/></cols><sheetData><row><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells><extLst><ext><row><c><v>9</v></c></row></ext></extLst></worksheet>`;
    expect(await read({ sheets: { sheet1: sheet } })).toEqual([[1]]);
  });
});
