import type { CellBlock, Row } from '../../lib/core/rows.ts';

const utf8 = new TextEncoder();

/** Rows of texts as they lie in the bytes of a file, with other rows' bytes before and after them. */
export class BlockOfTexts implements CellBlock {
  readonly bytes: Uint8Array;
  readonly rowCount: number;
  readonly rowEnds: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly plain: Uint8Array;
  /** Rows whose texts were asked for. */
  readonly decoded: number[] = [];
  readonly #rows: readonly (readonly string[])[];

  /** @param spoilt numbers of rows that are not UTF-8 as they lie there */
  constructor(rows: readonly (readonly string[])[], spoilt: readonly number[] = []) {
    const starts: number[] = [];
    const ends: number[] = [];
    const pieces = ['99'];
    let at = 2;
    for (const cell of rows.flat()) {
      starts.push(at);
      at += utf8.encode(cell).length;
      ends.push(at);
      at += 1;
      pieces.push(cell, ',');
    }
    let cells = 0;
    this.#rows = rows;
    this.bytes = utf8.encode(`${pieces.join('')}99`);
    this.rowCount = rows.length;
    this.rowEnds = Int32Array.from(rows, (row) => {
      cells += row.length;
      return cells;
    });
    this.starts = Int32Array.from(starts);
    this.ends = Int32Array.from(ends);
    this.plain = Uint8Array.from(rows, (_, index) => (spoilt.includes(index) ? 0 : 1));
  }

  row(index: number): Row {
    this.decoded.push(index);
    return this.#rows[index] ?? [];
  }
}
