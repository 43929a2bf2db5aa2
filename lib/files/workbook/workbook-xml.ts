import { escapedText } from './cell-xml.ts';
import { XML_HEAD } from './xml-head.ts';

const RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const OOXML = 'application/vnd.openxmlformats-officedocument';

/** `[Content_Types].xml` of a workbook with so many sheets. */
export function contentTypesXml(sheets: number, hasChart: boolean): string {
  const part = (name: string, type: string) => `<Override PartName="/${name}" ContentType="${OOXML}.${type}+xml"/>`;
  const parts = [
    part('xl/workbook.xml', 'spreadsheetml.sheet.main'),
    part('xl/styles.xml', 'spreadsheetml.styles'),
    ...Array.from({ length: sheets }, (_, index) => part(`xl/worksheets/sheet${index + 1}.xml`, 'spreadsheetml.worksheet')),
    ...(hasChart ? [part('xl/drawings/drawing1.xml', 'drawing'), part('xl/charts/chart1.xml', 'drawingml.chart')] : []),
  ];
  return `${XML_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts.join('')}</Types>`;
}

/** `xl/workbook.xml` */
export function workbookXml(names: readonly string[]): string {
  const sheets = names.map((name, index) => `<sheet name="${escapedText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`);
  return `${XML_HEAD}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${sheets.join('')}</sheets></workbook>`;
}

/** `xl/_rels/workbook.xml.rels` */
export function workbookRelationships(sheets: number): string {
  const ofSheets = Array.from({ length: sheets }, (_, index) => relationship(index + 1, 'worksheet', `worksheets/sheet${index + 1}.xml`));
  return relationships([...ofSheets, relationship(sheets + 1, 'styles', 'styles.xml')]);
}

export function packageRelationships(): string {
  return relationships([relationship(1, 'officeDocument', 'xl/workbook.xml')]);
}

export function drawingOfSheet(): string {
  return relationships([relationship(1, 'drawing', '../drawings/drawing1.xml')]);
}

export function chartOfDrawing(): string {
  return relationships([relationship(1, 'chart', '../charts/chart1.xml')]);
}

function relationships(items: readonly string[]): string {
  return `${XML_HEAD}<Relationships xmlns="${RELATIONSHIPS}">${items.join('')}</Relationships>`;
}

function relationship(id: number, type: string, target: string): string {
  return `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
}
