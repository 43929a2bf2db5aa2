import type { CellBlock, Row } from '../core/rows.ts';
import { asciiText } from './ascii-text.ts';
import { refuseWide } from './table-limits.ts';

/** Decodes the bytes of a cell that are not all ASCII. */
export type DecodeCell = (bytes: Buffer, start: number, end: number) => string;

/** Bits of a cell: how its bytes become its text. */
export const NOT_ASCII = 1;
export const DOUBLED_QUOTES = 2;

const FEWEST_CELLS = 1_024;

/** The rows that were found in a piece of delimited text: places of cells, in arrays that are used again for the next piece. */
export class CsvBlock implements CellBlock {
  bytes: Buffer = Buffer.alloc(0);
  rowCount = 0;
  starts: Int32Array = new Int32Array(FEWEST_CELLS);
  ends: Int32Array = new Int32Array(FEWEST_CELLS);
  rowEnds: Int32Array = new Int32Array(FEWEST_CELLS);
  plain: Uint8Array = new Uint8Array(FEWEST_CELLS);
  #decode: DecodeCell = (bytes, start, end) => bytes.toString('utf8', start, end);
  #plainBits = NOT_ASCII;
  #bits: Uint8Array = new Uint8Array(FEWEST_CELLS);
  #cellCount = 0;
  #rowBits = 0;

  /** @param bytesAreUtf8 whether cells that are not ASCII are plain as well */
  decodeWith(decode: DecodeCell, bytesAreUtf8: boolean): void {
    this.#decode = decode;
    this.#plainBits = bytesAreUtf8 ? NOT_ASCII : 0;
  }

  /** Forgets its rows and takes other bytes: no more cells or rows than those are in a piece. */
  restart(bytes: Buffer): void {
    this.bytes = bytes;
    this.rowCount = 0;
    this.#cellCount = 0;
    this.#rowBits = 0;
    if (this.starts.length > bytes.length) return;
    const cells = bytes.length + 1;
    this.starts = new Int32Array(cells);
    this.ends = new Int32Array(cells);
    this.rowEnds = new Int32Array(cells);
    this.plain = new Uint8Array(cells);
    this.#bits = new Uint8Array(cells);
  }

  addCell(start: number, end: number, bits: number): void {
    const cell = this.#cellCount++;
    this.starts[cell] = start;
    this.ends[cell] = end;
    this.#bits[cell] = bits;
    this.#rowBits |= bits;
  }

  /** @throws UnreadableFile `too-large` where the row has more cells than any table */
  endRow(): void {
    refuseWide(this.#cellCount - (this.rowCount === 0 ? 0 : (this.rowEnds[this.rowCount - 1] ?? 0)));
    this.rowEnds[this.rowCount] = this.#cellCount;
    this.plain[this.rowCount] = (this.#rowBits & ~this.#plainBits) === 0 ? 1 : 0;
    this.#rowBits = 0;
    this.rowCount++;
  }

  /** Forgets the cells of a row that has not ended. */
  dropRow(): void {
    this.#cellCount = this.rowCount === 0 ? 0 : (this.rowEnds[this.rowCount - 1] ?? 0);
    this.#rowBits = 0;
  }

  row(index: number): Row {
    const first = index === 0 ? 0 : (this.rowEnds[index - 1] ?? 0);
    const cells = new Array<string>((this.rowEnds[index] ?? 0) - first);
    for (let cell = 0; cell < cells.length; cell++) cells[cell] = this.#text(first + cell);
    return cells;
  }

  #text(cell: number): string {
    const start = this.starts[cell] ?? 0;
    const end = this.ends[cell] ?? 0;
    const bits = this.#bits[cell] ?? 0;
    const text = (bits & NOT_ASCII) === 0 ? asciiText(this.bytes, start, end) : this.#decode(this.bytes, start, end);
    return (bits & DOUBLED_QUOTES) === 0 ? text : text.replaceAll('""', '"');
  }
}
