import { TextDecoder } from 'node:util';
import type { Row } from '../core/rows.ts';
import { asciiText } from './ascii-text.ts';
import { refuseWide } from './table-limits.ts';
import { UnreadableFile } from './unreadable-file.ts';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** A quote that is never closed swallows the rest of the file: better to notice before the memory does. */
const LONGEST_ROW_BYTES = 4 * 1024 * 1024;
/** The row goes on in the next chunk. */
const UNFINISHED = -1;

/**
 * Splits delimited text into rows as its bytes come (RFC 4180; any line end; rows of any length). A quote opens only at the start of a cell,
 * elsewhere it is a character like others. Works on bytes, so delimiters must be single bytes that no longer character holds: UTF-8, Windows-1252.
 */
export class CsvScanner {
  readonly #delimiter: number;
  readonly #decode: (bytes: Buffer, start: number, end: number) => string;
  readonly #cells: string[] = [];
  #bytes: Buffer = Buffer.alloc(0);
  #rows: Row[] = [];
  #rowCount = 0;

  constructor(delimiter: string, encoding: 'utf-8' | 'windows-1252') {
    this.#delimiter = delimiter.charCodeAt(0);
    const windows = new TextDecoder('windows-1252');
    this.#decode = encoding === 'utf-8' ? (bytes, start, end) => bytes.toString('utf8', start, end) : (bytes, start, end) => windows.decode(bytes.subarray(start, end));
  }

  /** The rows that are complete after these bytes. */
  feed(chunk: Buffer): readonly Row[] {
    const rest = this.#bytes;
    this.#bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    this.#scan(false);
    if (this.#bytes.length > LONGEST_ROW_BYTES) throw new UnreadableFile('corrupt', `row ${this.#rowCount} is longer than 4 MB: a quote is not closed`);
    return this.#taken();
  }

  /** The rest, where no line end closes the last row. */
  end(): readonly Row[] {
    this.#scan(true);
    if (this.#bytes.length > 0) throw new UnreadableFile('corrupt', `row ${this.#rowCount}: a quote is not closed`);
    return this.#taken();
  }

  #taken(): readonly Row[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  #scan(isLast: boolean): void {
    let at = 0;
    while (at < this.#bytes.length) {
      const next = this.#row(at, isLast);
      if (next === UNFINISHED) break;
      // A copy of the right size: an array that grew by pushing holds twice the memory.
      this.#rows.push(this.#cells.slice());
      this.#rowCount++;
      at = next;
    }
    this.#bytes = this.#bytes.subarray(at);
  }

  /** Reads one row into `#cells`; returns where the next one starts. */
  #row(start: number, isLast: boolean): number {
    const bytes = this.#bytes;
    const { length } = bytes;
    const cells = this.#cells;
    const delimiter = this.#delimiter;
    cells.length = 0;
    let at = start;
    for (;;) {
      if (bytes[at] === QUOTE) {
        at = this.#quotedCell(at + 1, isLast);
        if (at === UNFINISHED) return UNFINISHED;
      } else {
        const cellStart = at;
        let seen = 0;
        let byte = 0;
        for (; at < length; at++) {
          byte = bytes[at] ?? 0;
          if (byte === delimiter || byte === LINE_FEED || byte === CARRIAGE_RETURN) break;
          seen |= byte;
        }
        if (at === length && !isLast) return UNFINISHED;
        cells.push(seen < 0x80 ? asciiText(bytes, cellStart, at) : this.#decode(bytes, cellStart, at));
      }
      if (at === length) return length;
      const closing = bytes[at++];
      if (closing === delimiter) {
        refuseWide(cells.length + 1);
        continue;
      }
      if (closing === LINE_FEED) return at;
      if (at === length) return isLast ? at : UNFINISHED;
      return bytes[at] === LINE_FEED ? at + 1 : at;
    }
  }

  /** Reads a cell after its opening quote; returns where its delimiter is. */
  #quotedCell(start: number, isLast: boolean): number {
    const bytes = this.#bytes;
    const { length } = bytes;
    let doubled = false;
    let seen = 0;
    for (let at = start; at < length; at++) {
      const byte = bytes[at] ?? 0;
      seen |= byte;
      if (byte !== QUOTE) continue;
      if (bytes[at + 1] === QUOTE) {
        doubled = true;
        at++;
        continue;
      }
      if (at + 1 === length && !isLast) return UNFINISHED;
      this.#checkAfterQuote(at + 1);
      const text = seen < 0x80 ? asciiText(bytes, start, at) : this.#decode(bytes, start, at);
      this.#cells.push(doubled ? text.replaceAll('""', '"') : text);
      return at + 1;
    }
    return UNFINISHED;
  }

  #checkAfterQuote(at: number): void {
    const byte = this.#bytes[at];
    if (at === this.#bytes.length || byte === this.#delimiter || byte === LINE_FEED || byte === CARRIAGE_RETURN) return;
    throw new UnreadableFile('corrupt', `row ${this.#rowCount}: text after a closing quote`);
  }
}
