import type { SheetRow } from './cell.ts';
import { columnName, rowXml } from './cell-xml.ts';
import { XML_HEAD } from './xml-head.ts';

/** How a sheet is laid out around its rows. */
export interface SheetFrame {
  /** Characters. */
  readonly widths: readonly number[];
  /** The first row stays in sight, and filters the others. */
  readonly hasHeader: boolean;
  readonly hasChart: boolean;
  readonly landscape: boolean;
}

/** Text is handed on in pieces of this size: a million small ones would cost more than the writing. */
const PIECE_CHARACTERS = 64 * 1024;

/** Room for headers of two lines. */
const HEADER_POINTS = 32;

/** A sheet as XML, piece by piece, as its rows come. */
export async function* sheetXml({ widths, hasHeader, hasChart, landscape }: SheetFrame, batches: AsyncIterable<readonly SheetRow[]>): AsyncGenerator<string> {
  let piece = `${XML_HEAD}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`;
  piece += `<sheetViews><sheetView workbookViewId="0"${hasHeader ? '' : ' showGridLines="0"'}>${hasHeader ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' : ''}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`;
  piece += `<cols>${widths.map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('')}</cols><sheetData>`;
  let rows = 0;
  for await (const batch of batches) {
    for (const row of batch) {
      rows += 1;
      piece += rowXml(rows, row, hasHeader && rows === 1 ? HEADER_POINTS : undefined);
      if (piece.length < PIECE_CHARACTERS) continue;
      yield piece;
      piece = '';
    }
  }
  const filter = hasHeader && rows > 0 ? `<autoFilter ref="A1:${columnName(widths.length - 1)}${rows}"/>` : '';
  yield `${piece}</sheetData>${filter}<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="${landscape ? 'landscape' : 'portrait'}" fitToWidth="1" fitToHeight="0"/>${hasChart ? '<drawing r:id="rId1"/>' : ''}</worksheet>`;
}
