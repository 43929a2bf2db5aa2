import { PassThrough, pipeline, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { SheetRow } from './cell.ts';
import { type BarChart, chartXml, drawingXml } from './chart-xml.ts';
import { type SheetFrame, sheetXml } from './sheet-xml.ts';
import { stylesXml } from './styles-xml.ts';
import { chartOfDrawing, contentTypesXml, drawingOfSheet, packageRelationships, workbookRelationships, workbookXml } from './workbook-xml.ts';

/** A sheet to be written. Its rows are asked for once, when those of the sheets before it are written. */
export interface SheetToWrite extends Omit<SheetFrame, 'hasChart'> {
  readonly name: string;
  /** The chart of the sheet; of one sheet only. */
  readonly chart?: BarChart;
  rows(): AsyncIterable<readonly SheetRow[]>;
}

/** What a sheet holds at most, its header included. */
export const MOST_SHEET_ROWS = 1_048_576;

/** Of long texts that repeat themselves the fastest levels leave little more than the best. */
const COMPRESSION = 3;
/** Two makings of one workbook are the same bytes. */
const NO_DATE = { mtime: new Date(Date.UTC(1980, 0, 1)), forceDosTimestamp: true } as const;

/** The bytes of an xlsx workbook, made as they are read: no sheet is ever whole in memory. An error of the rows ends the stream. */
export function workbookBytes(sheets: readonly SheetToWrite[]): Readable {
  const zip = new ZipFile();
  const add = (name: string, xml: string) => zip.addBuffer(Buffer.from(xml, 'utf8'), name, NO_DATE);
  const chart = sheets.find((sheet) => sheet.chart !== undefined)?.chart;
  add('[Content_Types].xml', contentTypesXml(sheets.length, chart !== undefined));
  add('_rels/.rels', packageRelationships());
  add('xl/workbook.xml', workbookXml(sheets.map(({ name }) => name)));
  add('xl/_rels/workbook.xml.rels', workbookRelationships(sheets.length));
  add('xl/styles.xml', stylesXml());
  const output = new PassThrough();
  // An empty callback: the error is met by whoever reads.
  pipeline(zip.outputStream, output, () => {});
  for (const [index, sheet] of sheets.entries()) {
    const name = `xl/worksheets/sheet${index + 1}.xml`;
    zip.addReadStreamLazy(name, { ...NO_DATE, compressionLevel: COMPRESSION }, (take) => {
      const xml = Readable.from(sheetXml({ ...sheet, hasChart: sheet.chart !== undefined }, sheet.rows()));
      xml.on('error', (error) => output.destroy(error));
      take(null, xml);
    });
    if (sheet.chart !== undefined) add(`xl/worksheets/_rels/sheet${index + 1}.xml.rels`, drawingOfSheet());
  }
  if (chart !== undefined) {
    add('xl/drawings/drawing1.xml', drawingXml(chart));
    add('xl/drawings/_rels/drawing1.xml.rels', chartOfDrawing());
    add('xl/charts/chart1.xml', chartXml(chart));
  }
  zip.on('error', (error) => output.destroy(error instanceof Error ? error : new Error(String(error))));
  zip.end();
  return output;
}
