/** A cell as the file holds it: text, number (dates are serial numbers), boolean or nothing. */
export type Cell = string | number | boolean | null;

/** The cells of one row, by column position. A row may be shorter than the header. */
export type Row = readonly Cell[];

/**
 * Rows of text as they lie in the bytes of a file, for a reader that needs a few of their cells and no texts. Only good until the next
 * block is asked for.
 */
export interface CellBlock {
  readonly bytes: Uint8Array;
  readonly rowCount: number;
  /** Number of the cell after the last one of each row. */
  readonly rowEnds: Int32Array;
  /** Where the bytes of each cell begin and end, without its quotes. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 1 where the cells of a row are UTF-8 as they lie there; else they have to be decoded. */
  readonly plain: Uint8Array;
  row(index: number): Row;
}

/** The rows of one table of a file, header and preamble included, in file order. */
export interface RowSource {
  /** Which day serial number 0 is: workbooks of old Macintosh programs count from 1904. */
  readonly epoch: 1900 | 1904;
  /** False where the format knows text only (csv): there a cell of digits may be a number that lost its leading zeros. */
  readonly typed: boolean;
  /** Share of the file that has been read, 0–1. Absent where that cannot be told. */
  fractionRead?(): number;
  /** Batches of rows, so that a million rows do not cost a million promises. Of a workbook, the first visible sheet that has any cell. Throws UnreadableFile. */
  readonly batches: AsyncIterable<readonly Row[]>;
  /** The same rows as `batches`, where the file is delimited text: whoever takes these leaves those. Throws UnreadableFile. */
  readonly blocks?: AsyncIterable<CellBlock>;
  /** All visible sheets, where the file is a workbook: for a reader that wants another one than the first. */
  readonly sheets?: readonly Sheet[];
}

/** One sheet of a workbook. */
export interface Sheet {
  /** As its tab shows it. */
  readonly name: string;
  /** No batch where the sheet has no cell. Throws UnreadableFile. */
  readonly batches: AsyncIterable<readonly Row[]>;
}
