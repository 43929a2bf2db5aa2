import { parsed } from './json-cells.ts';
import { UnreadableFile } from './unreadable-file.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SPACE = 0x20;

/** Longest row, and longest text around the rows. */
const LONGEST_PIECE_BYTES = 16 * 1024 * 1024;
const DEEPEST = 1_000;

/**
 * Splits a JSON text, as its bytes come, into the elements of its table and what stands around them. The table is the text's own array, or the
 * first array that is not empty of the object it is. Only nesting and strings are looked at here: what is handed on is parsed, and so checked, by
 * the language, and so is what stands around it. So a file of any size is read in the memory of a few rows.
 * @throws UnreadableFile
 */
export class JsonSplitter {
  readonly #decode: (bytes: Buffer) => string;
  readonly #around: Buffer[] = [];
  #aroundBytes = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #depth = 0;
  #inString = false;
  #escaped = false;
  #isObject = false;
  /** `maybe`: an array was opened that is the table unless it is closed at once. */
  #table: 'sought' | 'maybe' | 'open' | 'read' = 'sought';
  /** The last thing handed on ended at a comma, so one more element has to come. */
  #owesElement = false;

  constructor(decode: (bytes: Buffer) => string) {
    this.#decode = decode;
  }

  /** The elements of the table that are complete after these bytes. */
  feed(chunk: Buffer): readonly unknown[] {
    const scanned = this.#bytes.length;
    this.#bytes = scanned === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const elements = this.#scan(scanned);
    if (this.#bytes.length > LONGEST_PIECE_BYTES || this.#aroundBytes > LONGEST_PIECE_BYTES) throw new UnreadableFile('too-large', 'a JSON row of more than 16 MB');
    return elements;
  }

  /** Says that the text ends here; returns it with its table empty. */
  end(): unknown {
    if (this.#table === 'open') throw new UnreadableFile('corrupt', 'JSON text that ends in the middle of its rows');
    return parsed(this.#decode(Buffer.concat(this.#around)));
  }

  #scan(from: number): readonly unknown[] {
    const bytes = this.#bytes;
    const { length } = bytes;
    let elements: readonly unknown[] = [];
    let done = 0;
    let lastComma = -1;
    for (let at = from; at < length; at++) {
      if (this.#inString) {
        at = this.#stringEnd(at);
        continue;
      }
      const byte = bytes[at] ?? 0;
      if (byte <= SPACE) continue;
      if (this.#table === 'maybe') {
        this.#table = byte === CLOSE_ARRAY ? 'sought' : 'open';
        if (this.#table === 'open') {
          this.#keepAround(done, at);
          done = at;
        }
      }
      if (byte === QUOTE) this.#inString = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.#open(byte);
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        if (this.#isAtElements()) {
          elements = this.#elements(done, at, false);
          this.#table = 'read';
          done = at;
        }
        this.#depth--;
      } else if (byte === COMMA && this.#isAtElements()) lastComma = at;
    }
    if (this.#table !== 'open') {
      this.#keepAround(done, length);
      done = length;
    } else if (lastComma !== -1) {
      elements = this.#elements(done, lastComma, true);
      done = lastComma + 1;
    }
    this.#bytes = bytes.subarray(done);
    return elements;
  }

  /** Skips a string up to its closing quote or the end of the bytes. */
  #stringEnd(from: number): number {
    const bytes = this.#bytes;
    const { length } = bytes;
    let at = from;
    if (this.#escaped) at++;
    for (; at < length; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        this.#inString = false;
        this.#escaped = false;
        return at;
      }
      if (byte === BACKSLASH) at++;
    }
    this.#escaped = at > length;
    return at;
  }

  /** The table is an array at the root, or directly in the object at the root. */
  #open(byte: number): void {
    if (this.#depth === 0) this.#isObject = byte === OPEN_OBJECT;
    if (this.#table === 'sought' && byte === OPEN_ARRAY && this.#depth === this.#parentDepth()) this.#table = 'maybe';
    if (++this.#depth > DEEPEST) throw new UnreadableFile('too-large', `JSON nested more than ${DEEPEST} deep`);
  }

  #isAtElements(): boolean {
    return this.#table === 'open' && this.#depth === this.#parentDepth() + 1;
  }

  #parentDepth(): number {
    return this.#isObject ? 1 : 0;
  }

  #keepAround(start: number, end: number): void {
    this.#around.push(this.#bytes.subarray(start, end));
    this.#aroundBytes += end - start;
  }

  #elements(start: number, end: number, owesMore: boolean): readonly unknown[] {
    const text = this.#decode(this.#bytes.subarray(start, end));
    if ((this.#owesElement || owesMore) && text.trim() === '') throw new UnreadableFile('corrupt', 'a comma beside no JSON row');
    this.#owesElement = owesMore;
    const elements = parsed(`[${text}]`);
    if (!Array.isArray(elements)) throw new UnreadableFile('corrupt', 'JSON rows that are no rows');
    return elements;
  }
}
