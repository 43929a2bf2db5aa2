import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { reasonOf, rowsOf } from './read-all.ts';
import { workbookBytes } from './workbook-bytes.ts';
import { zipBytes } from './zip-bytes.ts';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');

describe('a file that is no table', () => {
  it.each([
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj\n')],
    ['a PNG image', bytes('89504e47 0d0a1a0a 0000000d 49484452')],
    ['a JPEG image', bytes('ffd8ffe0 00104a46 49460001')],
    ['an HTML page', Buffer.from('<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table></body></html>')],
    ['an HTML page after blanks', Buffer.from('\ufeff\r\n  <html>')],
    ['an XML document', Buffer.from('<?xml version="1.0"?><a/>')],
    ['a program', bytes('7f454c46 02010100 00000000 00000000')],
    ['random bytes', Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 7_919 + 13) % 256))],
  ])('is called so: %s', async (_, file) => {
    expect(await reasonOf(file)).toBe('not-a-table');
  });

  it.each(['', ' ', '\n', ' \r\n\t\r\n ', '\ufeff', '\ufeff\n'])('is empty where it holds only blanks: %j', async (text) => {
    expect(await reasonOf(text)).toBe('empty');
  });

  it('is not taken for empty because it begins with many blank lines', async () => {
    expect((await rowsOf(`${'\n'.repeat(5_000)}a;b\n`)).at(-1)).toEqual(['a', 'b']);
  });

  it('is unsupported where it is a zip file of something else', async () => {
    expect(await reasonOf(await zipBytes({ 'statement.csv': 'a;b\n1;2\n' }))).toBe('unsupported');
    expect(await reasonOf(await zipBytes({}))).toBe('unsupported');
  });

  it('is no table where it is an office document that is no workbook', async () => {
    const rels = '<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>';
    expect(await reasonOf(await zipBytes({ '[Content_Types].xml': '<Types/>', '_rels/.rels': rels, 'word/document.xml': '<document/>' }))).toBe('not-a-table');
    expect(await reasonOf(await zipBytes({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' }))).toBe('not-a-table');
  });
});

describe('a gzip file', () => {
  const rows = [
    ['a', 'b'],
    ['1', '2'],
  ];

  it('is read as what it holds', async () => {
    expect(await rowsOf(gzipSync('a;b\n1;2\n'))).toEqual(rows);
    expect(await rowsOf(gzipSync('[["a","b"],["1","2"]]'))).toEqual(rows);
    expect(await rowsOf(gzipSync('{"a":"1"}\n{"a":"2"}\n'))).toEqual([['a'], ['1'], ['2']]);
    const cells = '<row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row><row><c t="str"><v>1</v></c><c t="str"><v>2</v></c></row>';
    expect(await rowsOf(gzipSync(await workbookBytes({ rows: cells })))).toEqual(rows);
  });

  it('may have several members', async () => {
    expect(await rowsOf(Buffer.concat([gzipSync('a;b\n'), gzipSync('1;2\n')]))).toEqual(rows);
  });

  it('within another is not opened', async () => {
    expect(await reasonOf(gzipSync(gzipSync('a;b\n')))).toBe('unsupported');
  });

  it('that was cut is truncated, wherever', async () => {
    const whole = gzipSync(Array.from({ length: 200 }, (_, index) => `${index};${index * index}`).join('\n'));
    for (let length = 3; length < whole.length; length++) expect(await reasonOf(whole.subarray(0, length))).toBe('truncated');
  });

  it('with a wrong check sum is corrupt', async () => {
    const file = gzipSync('a;b\n1;2\n');
    file.writeUInt32LE(0, file.length - 8);
    expect(await reasonOf(file)).toBe('corrupt');
  });

  it('that inflates a thousand times is refused as too large', async () => {
    expect(await reasonOf(gzipSync(Buffer.alloc(100_000_000, 'a;b\n')))).toBe('too-large');
  });

  it('of nothing is empty', async () => {
    expect(await reasonOf(gzipSync(''))).toBe('empty');
  });
});
