import type { Cell, Row } from '../../core/rows.ts';
import { MOST_ROWS, refuseSparse, refuseWide } from '../table-limits.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { type CellType, cellType, cellValue } from './cell-value.ts';
import { PlainCell } from './plain-cell.ts';
import type { TextPool } from './text-pool.ts';
import { nameCode, type XmlAttributes, type XmlEvents, XmlScanner } from './xml-scanner.ts';
import { withoutEscapes, xmlText } from './xml-text.ts';

const ROOT = nameCode('worksheet');
const SHEET_DATA = nameCode('sheetData');
const ROW = nameCode('row');
const CELL = nameCode('c');
const VALUE = nameCode('v');
const INLINE = nameCode('is');
const TEXT = nameCode('t');
const PHONETIC = nameCode('rPh');
const SLASH = 0x2f;
const REFERENCE = nameCode('r');
const TYPE = nameCode('t');

/** Rows of a sheet, from its XML as it comes. Rows that the file leaves out are left out. */
export class SheetScan implements XmlEvents {
  readonly #scanner = new XmlScanner(this);
  readonly #strings: TextPool;
  readonly #plain = new PlainCell();
  #rows: Cell[][] = [];
  readonly #row: Cell[] = [];
  #rowCount = 0;
  #cells = 0;
  #gaps = 0;
  #rootSeen = false;
  /** Nesting: 0 outside, 1 in sheetData, 2 in a row, 3 in a cell. */
  #level = 0;
  #type: CellType = 'number';
  #column = 0;
  #value: Cell = null;
  #reads: 'nothing' | 'value' | 'inline' = 'nothing';
  #inline = false;
  #phonetic = false;
  #pieces = '';

  constructor(strings: TextPool) {
    this.#strings = strings;
  }

  /** The rows that are complete after these bytes. */
  feed(chunk: Buffer): readonly Row[] {
    this.#scanner.feed(chunk);
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  end(): void {
    this.#scanner.end();
  }

  shortcut(bytes: Buffer, at: number): number {
    if (this.#level !== 2) return 0;
    const plain = this.#plain;
    const next = plain.match(bytes, at);
    if (next === 0) return 0;
    if (plain.column !== -1) this.#column = plain.column;
    refuseWide(this.#column + 1);
    const { type, start, end, inline } = plain;
    this.#place(start === end && !inline ? null : cellValue(type, bytes, start, end, false, this.#strings));
    return next;
  }

  open(name: number, attributes: XmlAttributes): void {
    if (!this.#rootSeen) this.#openRoot(name);
    else if (this.#level === 3) this.#openInCell(name);
    else if (name === CELL) this.#openCell(attributes);
    else if (name === ROW) this.#openRow();
    else if (name === SHEET_DATA && this.#level === 0) this.#level = 1;
  }

  text(bytes: Buffer, start: number, end: number, literal: boolean): void {
    if (this.#reads === 'nothing' || start === end) return;
    // A value that ends here is read from the bytes; one broken by a comment, CDATA or the chunk's end is first put together.
    const isWhole = this.#reads === 'value' && !literal && this.#pieces === '' && bytes[end + 1] === SLASH;
    if (isWhole) this.#value = cellValue(this.#type, bytes, start, end, false, this.#strings);
    else this.#pieces += xmlText(bytes, start, end, literal);
  }

  close(name: number): void {
    if (this.#level === 3) this.#closeInCell(name);
    else if (name === ROW && this.#level === 2) {
      // A copy of the right size: an array that grew by pushing holds twice the memory.
      this.#rows.push(this.#row.slice());
      this.#row.length = 0;
      this.#level = 1;
    } else if (name === SHEET_DATA && this.#level === 1) this.#level = 0;
  }

  #openRoot(name: number): void {
    if (name !== ROOT) throw new UnreadableFile('corrupt', 'a worksheet part that holds no worksheet');
    this.#rootSeen = true;
  }

  #openRow(): void {
    if (this.#level === 0) return;
    if (this.#level !== 1) throw new UnreadableFile('corrupt', 'a row inside of a row');
    if (++this.#rowCount > MOST_ROWS) throw new UnreadableFile('too-large', `more than ${MOST_ROWS} rows`);
    this.#column = 0;
    this.#level = 2;
  }

  #openCell(attributes: XmlAttributes): void {
    if (this.#level === 0) return;
    if (this.#level !== 2) throw new UnreadableFile('corrupt', 'a cell outside of a row');
    this.#level = 3;
    this.#type = 'number';
    this.#value = null;
    this.#pieces = '';
    const { bytes, names, starts, ends, count } = attributes;
    for (let index = 0; index < count; index++) {
      const name = names[index];
      if (name === REFERENCE) this.#column = columnOf(bytes, starts[index] ?? 0, ends[index] ?? 0);
      else if (name === TYPE) this.#type = cellType(bytes, starts[index] ?? 0, ends[index] ?? 0);
    }
    refuseWide(this.#column + 1);
  }

  #openInCell(name: number): void {
    if (name === VALUE) this.#reads = 'value';
    else if (name === INLINE) {
      this.#inline = true;
      this.#pieces = '';
    } else if (name === TEXT && this.#inline && !this.#phonetic) this.#reads = 'inline';
    else if (name === PHONETIC) this.#phonetic = true;
    else if (name === CELL || name === ROW) throw new UnreadableFile('corrupt', 'a cell inside of a cell');
  }

  #closeInCell(name: number): void {
    if (name === VALUE) this.#closeValue();
    else if (name === TEXT) this.#reads = 'nothing';
    else if (name === PHONETIC) this.#phonetic = false;
    else if (name === INLINE) {
      this.#value = withoutEscapes(this.#pieces);
      this.#inline = false;
    } else if (name === CELL) {
      this.#level = 2;
      this.#place(this.#value);
    }
  }

  #closeValue(): void {
    this.#reads = 'nothing';
    if (this.#pieces === '') return;
    const bytes = Buffer.from(this.#pieces);
    this.#value = cellValue(this.#type, bytes, 0, bytes.length, true, this.#strings);
    this.#pieces = '';
  }

  #place(value: Cell): void {
    const row = this.#row;
    const column = this.#column++;
    if (column < row.length) {
      if (row[column] !== null) throw new UnreadableFile('corrupt', 'two cells in one place');
      row[column] = value;
      return;
    }
    this.#cells++;
    if (column > row.length) this.#fill(row, column);
    row.push(value);
  }

  #fill(row: Cell[], column: number): void {
    this.#gaps += column - row.length;
    refuseSparse(this.#gaps, this.#cells);
    while (row.length < column) row.push(null);
  }
}

/** Column of a reference like `AB12`, from 0. */
function columnOf(bytes: Buffer, start: number, end: number): number {
  let column = 0;
  let at = start;
  for (; at < end; at++) {
    const letter = (bytes[at] ?? 0) & 0xdf;
    if (letter < 0x41 || letter > 0x5a) break;
    column = column * 26 + (letter - 0x40);
    refuseWide(column);
  }
  if (column === 0) throw new UnreadableFile('corrupt', 'a cell reference without column');
  return column - 1;
}
