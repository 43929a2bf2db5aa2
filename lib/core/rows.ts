/** A cell as the file holds it: text, number (dates are serial numbers), boolean or nothing. */
export type Cell = string | number | boolean | null;

/** The cells of one row, by column position. A row may be shorter than the header. */
export type Row = readonly Cell[];

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
