import { zipBytes } from './zip-bytes.ts';

/** The parts of a workbook as they are written: only what a test is about has to be given. */
export interface WorkbookXml {
  /** The content of `<sheetData>` of the only sheet. */
  readonly rows?: string;
  /** Whole sheet parts by name, instead of `rows`. */
  readonly sheets?: Readonly<Record<string, string>>;
  /** The items of the shared strings. */
  readonly strings?: string;
  readonly workbook?: string;
  readonly relationships?: string;
  readonly others?: Readonly<Record<string, string>>;
}

export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A relationship of the workbook. */
export function relationship(id: string, kind: string, target: string, more = ''): string {
  return `<Relationship Id="${id}" Type="${TYPES}/${kind}" Target="${target}"${more}/>`;
}

export function relationshipsXml(content: string): string {
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;
}

export function workbookXml(content: string): string {
  return `<workbook xmlns="${MAIN}" xmlns:r="${TYPES}">${content}</workbook>`;
}

export function sheetXml(rows: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`;
}

/** The entries of a workbook file. */
export function workbookEntries(xml: WorkbookXml): Readonly<Record<string, string>> {
  const sheets = xml.sheets ?? { sheet1: sheetXml(xml.rows ?? '') };
  const names = Object.keys(sheets);
  const listed = names.map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('');
  const strings = xml.strings === undefined ? '' : relationship('rIdS', 'sharedStrings', 'sharedStrings.xml');
  return {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relationshipsXml(relationship('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': xml.workbook ?? workbookXml(`<sheets>${listed}</sheets>`),
    'xl/_rels/workbook.xml.rels':
      xml.relationships ?? relationshipsXml(names.map((name, index) => relationship(`rId${index + 1}`, 'worksheet', `worksheets/${name}.xml`)).join('') + strings),
    ...Object.fromEntries(names.map((name) => [`xl/worksheets/${name}.xml`, sheets[name] ?? ''])),
    ...(xml.strings === undefined ? {} : { 'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${xml.strings}</sst>` }),
    ...xml.others,
  };
}

/** The bytes of a workbook file. */
export function workbookBytes(xml: WorkbookXml): Promise<Buffer> {
  return zipBytes(workbookEntries(xml));
}
