import { TextDecoder } from 'node:util';
import type { CellBlock, Row } from '../core/rows.ts';
import { CsvBlock, DOUBLED_QUOTES, NOT_ASCII } from './csv-block.ts';
import { UnreadableFile } from './unreadable-file.ts';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** A quote that is never closed swallows the rest of the file: better to notice before the memory does. */
const LONGEST_ROW_BYTES = 4 * 1024 * 1024;
const FIRST_BYTES = 512 * 1024;
const NOTHING = Buffer.alloc(0);
/** The row goes on in the next chunk. */
const UNFINISHED = -1;

/**
 * Splits delimited text into rows as its bytes come (RFC 4180; any line end; rows of any length). A quote opens only at the start of a cell,
 * elsewhere it is a character like others. Works on bytes, so delimiters must be single bytes that no longer character holds: UTF-8, Windows-1252.
 */
export class CsvScanner {
  readonly #delimiter: number;
  readonly #block = new CsvBlock();
  /** 1 for the bytes that end a cell. */
  readonly #closing = new Uint8Array(256);
  /** What of `#memory` is still to be read lies at its start: pieces are copied behind it. */
  #restSize = 0;
  #memory: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #rowCount = 0;

  constructor(delimiter: string, encoding: 'utf-8' | 'windows-1252') {
    this.#delimiter = delimiter.charCodeAt(0);
    for (const byte of [this.#delimiter, LINE_FEED, CARRIAGE_RETURN]) this.#closing[byte] = 1;
    this.decodeAs(encoding);
  }

  /** How the cells are decoded that come from now on. */
  decodeAs(encoding: 'utf-8' | 'windows-1252'): void {
    const windows = new TextDecoder('windows-1252');
    if (encoding === 'utf-8') this.#block.decodeWith((bytes, start, end) => bytes.toString('utf8', start, end), true);
    else this.#block.decodeWith((bytes, start, end) => windows.decode(bytes.subarray(start, end)), false);
  }

  /** The rows that are complete after these bytes, which are not kept. */
  feed(chunk: Buffer): readonly Row[] {
    return rowsOf(this.feedBlock(chunk));
  }

  /** The rest, where no line end closes the last row. */
  end(): readonly Row[] {
    return rowsOf(this.endBlock());
  }

  /** As `feed`, without making texts. The block is the same one each time. */
  feedBlock(chunk: Buffer): CellBlock {
    this.#append(chunk);
    this.#scan(false);
    if (this.#restSize > LONGEST_ROW_BYTES) throw new UnreadableFile('corrupt', `row ${this.#rowCount} is longer than 4 MB: a quote is not closed`);
    return this.#block;
  }

  endBlock(): CellBlock {
    this.#append(NOTHING);
    this.#scan(true);
    if (this.#restSize > 0) throw new UnreadableFile('corrupt', `row ${this.#rowCount}: a quote is not closed`);
    return this.#block;
  }

  #append(chunk: Buffer): void {
    const rest = this.#block.bytes.subarray(this.#block.bytes.length - this.#restSize);
    const size = rest.length + chunk.length;
    if (size > this.#memory.length) this.#memory = Buffer.allocUnsafeSlow(2 * size);
    rest.copy(this.#memory, 0);
    chunk.copy(this.#memory, rest.length);
    this.#restSize = size;
  }

  #scan(isLast: boolean): void {
    const block = this.#block;
    const bytes = this.#memory.subarray(0, this.#restSize);
    block.restart(bytes);
    let at = 0;
    while (at < bytes.length) {
      const next = this.#row(bytes, at, isLast);
      if (next === UNFINISHED) {
        block.dropRow();
        break;
      }
      block.endRow();
      this.#rowCount++;
      at = next;
    }
    this.#restSize = bytes.length - at;
  }

  /** Finds the cells of one row; returns where the next one starts. */
  #row(bytes: Buffer, start: number, isLast: boolean): number {
    const { length } = bytes;
    const block = this.#block;
    const closing = this.#closing;
    const delimiter = this.#delimiter;
    let at = start;
    for (;;) {
      if (at < length && bytes[at] === QUOTE) {
        at = this.#quotedCell(bytes, at + 1, isLast);
        if (at === UNFINISHED) return UNFINISHED;
      } else {
        const cellStart = at;
        let seen = 0;
        for (; at < length; at++) {
          const byte = bytes[at] ?? 0;
          if (closing[byte] === 1) break;
          seen |= byte;
        }
        if (at === length && !isLast) return UNFINISHED;
        block.addCell(cellStart, at, seen < 0x80 ? 0 : NOT_ASCII);
      }
      if (at === length) return length;
      const end = bytes[at++];
      if (end === delimiter) continue;
      if (end === LINE_FEED) return at;
      if (at === length) return isLast ? at : UNFINISHED;
      return bytes[at] === LINE_FEED ? at + 1 : at;
    }
  }

  /** Finds the end of a cell after its opening quote; returns where its delimiter is. */
  #quotedCell(bytes: Buffer, start: number, isLast: boolean): number {
    const { length } = bytes;
    let bits = 0;
    for (let at = start; at < length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0x80) bits |= NOT_ASCII;
      if (byte !== QUOTE) continue;
      if (at + 1 < length && bytes[at + 1] === QUOTE) {
        bits |= DOUBLED_QUOTES;
        at++;
        continue;
      }
      if (at + 1 === length && !isLast) return UNFINISHED;
      this.#checkAfterQuote(bytes, at + 1);
      this.#block.addCell(start, at, bits);
      return at + 1;
    }
    return UNFINISHED;
  }

  #checkAfterQuote(bytes: Buffer, at: number): void {
    if (at === bytes.length || this.#closing[bytes[at] ?? 0] === 1) return;
    throw new UnreadableFile('corrupt', `row ${this.#rowCount}: text after a closing quote`);
  }
}

function rowsOf(block: CellBlock): readonly Row[] {
  return Array.from({ length: block.rowCount }, (_, index) => block.row(index));
}
