import { isText, isTrimmed } from './plain-cells.ts';
import type { CellBlock } from './rows.ts';

/** The cells of one row of a block by column. A column that the row does not reach, or that the file lacks (-1), is empty. */
export class PlainRow {
  bytes: Uint8Array = new Uint8Array(0);
  #starts: Int32Array = new Int32Array(0);
  #ends: Int32Array = new Int32Array(0);
  #first = 0;
  #width = 0;

  /** Goes to a row; false where its cells have to be decoded first. */
  open(block: CellBlock, index: number): boolean {
    this.bytes = block.bytes;
    this.#starts = block.starts;
    this.#ends = block.ends;
    this.#first = index === 0 ? 0 : (block.rowEnds[index - 1] ?? 0);
    this.#width = (block.rowEnds[index] ?? 0) - this.#first;
    return block.plain[index] === 1;
  }

  start(column: number): number {
    return column >= 0 && column < this.#width ? (this.#starts[this.#first + column] ?? 0) : 0;
  }

  end(column: number): number {
    return column >= 0 && column < this.#width ? (this.#ends[this.#first + column] ?? 0) : 0;
  }

  /** Bytes of the whole row. */
  get size(): number {
    return this.#width === 0 ? 0 : (this.#ends[this.#first + this.#width - 1] ?? 0) - (this.#starts[this.#first] ?? 0);
  }

  /** Bytes of a cell. */
  length(column: number): number {
    return this.end(column) - this.start(column);
  }

  isEmpty(column: number): boolean {
    return this.start(column) === this.end(column);
  }

  /** Whether a cell has no blanks around it, nor anything that could be one. */
  isTrimmed(column: number): boolean {
    return isTrimmed(this.bytes, this.start(column), this.end(column));
  }

  isText(column: number, text: Uint8Array): boolean {
    return isText(this.bytes, this.start(column), this.end(column), text);
  }
}
