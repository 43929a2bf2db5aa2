const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const FIRST_ROWS = 1_024;
const FIRST_BYTES = 16 * 1_024;

/** A text column as another thread can take it over. */
export interface TextColumnParts {
  readonly count: number;
  readonly written: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly hashes: Int32Array<ArrayBuffer>;
  readonly hashed: boolean;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Texts one after the other in one array of UTF-8 bytes: a million short texts take their bytes and four or eight more each, and nothing of
 * the garbage collector's time. Text `n` reaches from `ends[n]` to `ends[n + 1]`; `hashes[n]` is its hash, in a column that is to be indexed.
 */
export class TextColumn {
  readonly #hashed: boolean;
  #count = 0;
  /** Texts whose ends are written: those after them are empty. */
  #written = 0;
  #bytes = new Uint8Array(FIRST_BYTES);
  #ends = new Uint32Array(FIRST_ROWS + 1);
  #hashes: Int32Array<ArrayBuffer>;

  constructor(kind: 'hashed' | 'plain' = 'plain') {
    this.#hashed = kind === 'hashed';
    this.#hashes = new Int32Array(this.#hashed ? FIRST_ROWS : 0);
  }

  /** Takes over the parts of a column; the column that gave them must not be used any more. */
  static of(parts: TextColumnParts): TextColumn {
    const column = new TextColumn(parts.hashed ? 'hashed' : 'plain');
    column.#count = parts.count;
    column.#written = parts.written;
    column.#bytes = parts.bytes;
    column.#ends = parts.ends;
    column.#hashes = parts.hashes;
    return column;
  }

  get parts(): TextColumnParts {
    return { count: this.#count, written: this.#written, bytes: this.#bytes, ends: this.#ends, hashes: this.#hashes, hashed: this.#hashed };
  }

  get length(): number {
    return this.#count;
  }

  /** Makes room for so many texts like those that it holds: memory that nothing is written to costs nothing. */
  expect(count: number): void {
    if (count < this.#ends.length) return;
    this.#ends = grown(this.#ends, new Uint32Array(count + 1));
    if (this.#hashed) this.#hashes = grown(this.#hashes, new Int32Array(count + 1));
    const size = this.#ends[this.#written] ?? 0;
    const expected = Math.ceil((size / Math.max(1, this.#count)) * count);
    if (expected > this.#bytes.length) this.#bytes = grown(this.#bytes, new Uint8Array(expected));
  }

  /** @param bytes UTF-8 */
  append(bytes: Uint8Array, start: number, end: number): void {
    if (start === end && !this.#hashed) {
      this.#count += 1;
      return;
    }
    const from = this.#reserve(end - start);
    const own = this.#bytes;
    const shift = from - start;
    for (let at = start; at < end; at++) own[at + shift] = bytes[at] ?? 0;
    this.#close(end + shift);
  }

  appendText(text: string): void {
    if (text === '' && !this.#hashed) {
      this.#count += 1;
      return;
    }
    const from = this.#reserve(text.length);
    const own = this.#bytes;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code >= 0x80) {
        const bytes = encoder.encode(text);
        this.append(bytes, 0, bytes.length);
        return;
      }
      own[from + index] = code;
    }
    this.#close(from + text.length);
  }

  removeLast(): void {
    this.#count -= 1;
    this.#written = Math.min(this.#written, this.#count);
  }

  text(index: number): string {
    const start = this.start(index);
    const end = this.end(index);
    let text = '';
    for (let at = start; at < end; at++) {
      const byte = this.#bytes[at] ?? 0;
      if (byte >= 0x80) return decoder.decode(this.#bytes.subarray(start, end));
      text += ASCII[byte];
    }
    return text;
  }

  /** Where all texts lie; another array after the next text was added. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  start(index: number): number {
    return this.#ends[Math.min(index, this.#written)] ?? 0;
  }

  end(index: number): number {
    return this.#ends[Math.min(index + 1, this.#written)] ?? 0;
  }

  hash(index: number): number {
    return this.#hashes[index] ?? 0;
  }

  equals(index: number, other: TextColumn, otherIndex: number): boolean {
    return this.equalsBytes(index, other.#bytes, other.start(otherIndex), other.end(otherIndex));
  }

  equalsBytes(index: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.#bytes;
    const from = this.start(index);
    if (this.end(index) - from !== end - start) return false;
    const shift = from - start;
    for (let at = start; at < end; at++) if (own[at + shift] !== bytes[at]) return false;
    return true;
  }

  #reserve(size: number): number {
    const from = this.#ends[this.#written] ?? 0;
    if (this.#count + 1 >= this.#ends.length) {
      this.#ends = grown(this.#ends, new Uint32Array(2 * (this.#count + 1)));
      if (this.#hashed) this.#hashes = grown(this.#hashes, new Int32Array(this.#ends.length));
    }
    if (from + size > this.#bytes.length) this.#bytes = grown(this.#bytes, new Uint8Array(2 * (this.#bytes.length + size)));
    for (; this.#written < this.#count; this.#written++) this.#ends[this.#written + 1] = from;
    return from;
  }

  #close(end: number): void {
    if (this.#hashed) this.#hashes[this.#count] = hashOf(this.#bytes, this.#ends[this.#count] ?? 0, end);
    this.#count += 1;
    this.#written = this.#count;
    this.#ends[this.#count] = end;
  }
}

const ASCII: readonly string[] = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code));

/** The hash of UTF-8 bytes as columns keep it. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = FNV_OFFSET;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), FNV_PRIME);
  return hash;
}

/** Numbers in a larger array. */
export function grown<Numbers extends { set(from: ArrayLike<number>): void } & ArrayLike<number>>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
