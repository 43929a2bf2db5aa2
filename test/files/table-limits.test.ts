import { describe, expect, it } from 'vitest';
import { reasonOf, rowsOf } from './read-all.ts';
import { zipBytes } from './zip-bytes.ts';

const MANIFEST_TYPE = 'application/vnd.oasis.opendocument.spreadsheet';

/** An ods workbook of one sheet. */
function odsBytes(rows: string, manifest = ''): Promise<Buffer> {
  return zipBytes({
    mimetype: MANIFEST_TYPE,
    'META-INF/manifest.xml': `<m:manifest xmlns:m="m"><m:file-entry m:full-path="/" m:media-type="${MANIFEST_TYPE}"/>${manifest}</m:manifest>`,
    'styles.xml': '<styles/>',
    'content.xml': `<o:document-content xmlns:o="o" xmlns:table="t" xmlns:text="x" xmlns:office="o"><office:body><office:spreadsheet><table:table table:name="A">${rows}</table:table></office:spreadsheet></office:body></o:document-content>`,
  });
}

describe('a table', () => {
  it('has at most 16,384 columns, in every format', async () => {
    expect(await reasonOf(`${';'.repeat(16_384)}\n`)).toBe('too-large');
    expect((await rowsOf(`${';'.repeat(16_383)}\n`))[0]?.length).toBe(16_384);
    expect(await reasonOf(JSON.stringify([Array.from({ length: 16_385 }, () => 1)]))).toBe('too-large');
    expect(await reasonOf(JSON.stringify([Object.fromEntries(Array.from({ length: 16_385 }, (_, index) => [`k${index}`, 1]))]))).toBe('too-large');
  });

  it('of objects that have no keys in common is refused before it is filled up', async () => {
    const objects = Array.from({ length: 10_000 }, (_, index) => `{"k${index}":1}`);
    expect(await reasonOf(`[${objects.join(',')}]`)).toBe('too-large');
    expect(await reasonOf(objects.join('\n'))).toBe('too-large');
  });

  it('holds no values nested a thousand deep', async () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(await reasonOf(`[${deep}]`)).toBe('too-large');
    expect(await reasonOf(`[{"a":${deep}}]`)).toBe('too-large');
    expect(await reasonOf(`{"a":1}\n{"a":${deep}}\n`)).toBe('too-large');
  });
});

describe('an ods sheet', () => {
  const cell = (more: string) => `<table:table-cell office:value-type="string" ${more}><text:p>x</text:p></table:table-cell>`;

  it('may repeat cells and rows', async () => {
    const rows = `<table:table-row table:number-rows-repeated="2">${cell('table:number-columns-repeated="3"')}</table:table-row>`;
    const tail = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>';
    expect(await rowsOf(await odsBytes(rows + tail))).toEqual([
      ['x', 'x', 'x'],
      ['x', 'x', 'x'],
    ]);
  });

  it('that repeats them millions of times is refused, typed or not', async () => {
    for (const type of ['office:value-type="string"', '']) {
      const one = `<table:table-cell ${type} table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>`;
      expect(await reasonOf(await odsBytes(`<table:table-row table:number-rows-repeated="1048576">${one}</table:table-row>`))).toBe('too-large');
    }
  });

  it('under a password is called encrypted', async () => {
    expect(await reasonOf(await odsBytes('', '<m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry>'))).toBe('encrypted');
  });
});
