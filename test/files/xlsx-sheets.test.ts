import { describe, expect, it } from 'vitest';
import { openRows } from '../../lib/files/open-rows.ts';
import { reasonOf, rowsOf } from './read-all.ts';
import { relationship, relationshipsXml, sheetXml, workbookBytes, workbookXml } from './workbook-bytes.ts';

const one = (value: number) => sheetXml(`<row><c><v>${value}</v></c></row>`);
const EMPTY = sheetXml('');

describe('of the sheets of a workbook', () => {
  it('the first one in the order of the tabs is read, whatever its file is called', async () => {
    const workbook = workbookXml('<sheets><sheet name="B" sheetId="7" r:id="rId2"/><sheet name="A" sheetId="1" r:id="rId1"/></sheets>');
    expect(await rowsOf(await workbookBytes({ sheets: { sheet1: one(1), sheet2: one(2) }, workbook }))).toEqual([[2]]);
  });

  it('hidden ones are passed over', async () => {
    for (const state of ['hidden', 'veryHidden']) {
      const workbook = workbookXml(`<sheets><sheet name="A" sheetId="1" state="${state}" r:id="rId1"/><sheet name="B" sheetId="2" state="visible" r:id="rId2"/></sheets>`);
      expect(await rowsOf(await workbookBytes({ sheets: { sheet1: one(1), sheet2: one(2) }, workbook }))).toEqual([[2]]);
    }
  });

  it('hidden ones are read where there is no other', async () => {
    const workbook = workbookXml('<sheets><sheet name="A" sheetId="1" state="hidden" r:id="rId1"/></sheets>');
    expect(await rowsOf(await workbookBytes({ sheets: { sheet1: one(1) }, workbook }))).toEqual([[1]]);
  });

  it('those without cells are passed over', async () => {
    const blank = sheetXml('<row r="1"/><row r="2"><c r="A2" s="1"/></row>');
    expect(await rowsOf(await workbookBytes({ sheets: { a: EMPTY, b: blank, c: one(3), d: one(4) } }))).toEqual([[3]]);
  });

  it('chart sheets are passed over', async () => {
    const relationships = relationshipsXml(relationship('rId1', 'chartsheet', 'chartsheets/sheet1.xml') + relationship('rId2', 'worksheet', 'worksheets/b.xml'));
    const sheets = { a: '<chartsheet/>', b: one(2) };
    expect(await rowsOf(await workbookBytes({ sheets, relationships }))).toEqual([[2]]);
  });

  it('none has cells: the file is empty', async () => {
    expect(await reasonOf(await workbookBytes({ sheets: { a: EMPTY, b: EMPTY } }))).toBe('empty');
  });

  it('none is there: the workbook has no sheet', async () => {
    expect(await reasonOf(await workbookBytes({ sheets: {} }))).toBe('no-sheet');
  });

  it('one is announced but missing: the file is corrupt', async () => {
    expect(await reasonOf(await workbookBytes({ sheets: { a: one(1) }, relationships: relationshipsXml('') }))).toBe('corrupt');
    expect(await reasonOf(await workbookBytes({ sheets: { a: one(1) }, relationships: relationshipsXml(relationship('rId1', 'worksheet', 'worksheets/z.xml')) }))).toBe('corrupt');
  });
});

describe('the parts of a workbook', () => {
  it.each(['worksheets/a.xml', '/xl/worksheets/a.xml', './worksheets/a.xml', '../xl/worksheets/a.xml', 'worksheets\\a.xml', 'Worksheets/A.xml'])(
    'are found at %s',
    async (target) => {
      expect(await rowsOf(await workbookBytes({ sheets: { a: one(1) }, relationships: relationshipsXml(relationship('rId1', 'worksheet', target)) }))).toEqual([[1]]);
    },
  );

  it('may be somewhere else, as the package says', async () => {
    const others = {
      '_rels/.rels': relationshipsXml(relationship('x', 'officeDocument', '/book/main.xml')),
      'book/main.xml': workbookXml('<sheets><sheet name="A" sheetId="1" r:id="q"/></sheets>'),
      'book/_rels/main.xml.rels': relationshipsXml(relationship('q', 'worksheet', 'rows.xml')),
      'book/rows.xml': one(5),
    };
    expect(await rowsOf(await workbookBytes({ others }))).toEqual([[5]]);
  });

  it('are never fetched from elsewhere', async () => {
    const relationships = relationshipsXml(relationship('rId1', 'worksheet', 'http://example.com/sheet.xml', ' TargetMode="External"'));
    expect(await reasonOf(await workbookBytes({ sheets: { a: one(1) }, relationships }))).toBe('corrupt');
  });

  it('that point at each other in a circle make the file corrupt', async () => {
    const relationships = relationshipsXml(relationship('rId1', 'worksheet', 'workbook.xml'));
    expect(await reasonOf(await workbookBytes({ sheets: { a: one(1) }, relationships }))).toBe('corrupt');
  });

  it('may be in the strict form of the format', async () => {
    const type = 'http://purl.oclc.org/ooxml/officeDocument/relationships';
    const others = { '_rels/.rels': `<Relationships><Relationship Id="x" Type="${type}/officeDocument" Target="xl/workbook.xml"/></Relationships>` };
    const relationships = `<Relationships><Relationship Id="rId1" Type="${type}/worksheet" Target="worksheets/a.xml"/></Relationships>`;
    expect(await rowsOf(await workbookBytes({ sheets: { a: one(1) }, relationships, others }))).toEqual([[1]]);
  });
});

describe('the epoch of a workbook', () => {
  it.each([
    ['<workbookPr/>', 1900],
    ['<workbookPr date1904="0"/>', 1900],
    ['<workbookPr date1904="false"/>', 1900],
    ['<workbookPr date1904="1"/>', 1904],
    ['<workbookPr date1904="true"/>', 1904],
    ['', 1900],
  ])('%s is %i', async (properties, epoch) => {
    const workbook = workbookXml(`${properties}<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets>`);
    const source = await openRows({ kind: 'bytes', bytes: await workbookBytes({ sheets: { a: one(1) }, workbook }) });
    expect([source.epoch, source.typed]).toEqual([epoch, true]);
  });
});
