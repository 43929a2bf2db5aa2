const BLOCK_BYTES = 4 * 1024 * 1024;
const FIRST_CAPACITY = 4_096;
/** A power of two: texts that many rows repeat (statuses, accounts) are decoded once. */
const CACHED = 4_096;

/**
 * A list of texts kept as UTF-8 bytes. Millions of short strings cost three times their bytes as objects, and most are asked for once.
 */
export class TextPool {
  readonly #blocks: Buffer[] = [];
  #block = Buffer.alloc(0);
  #used = 0;
  #bytes = 0;
  #count = 0;
  /** Of each text: its block, where it starts there, where it ends. */
  #blockOf = new Uint16Array(FIRST_CAPACITY);
  #starts = new Uint32Array(FIRST_CAPACITY);
  #ends = new Uint32Array(FIRST_CAPACITY);
  readonly #cachedIndex = new Int32Array(CACHED).fill(-1);
  readonly #cachedText: string[] = new Array(CACHED).fill('');

  get count(): number {
    return this.#count;
  }

  /** Bytes that all texts take together. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds the text of UTF-8 bytes that are known to be valid. */
  addBytes(bytes: Buffer, start: number, end: number): void {
    const room = this.#room(end - start);
    if (end - start < 64) for (let at = start; at < end; at++) this.#block[room + at - start] = bytes[at] ?? 0;
    else bytes.copy(this.#block, room, start, end);
  }

  add(text: string): void {
    const bytes = Buffer.from(text);
    this.addBytes(bytes, 0, bytes.length);
  }

  /** A text by its number, or `undefined` past the end. */
  get(index: number): string | undefined {
    const slot = index & (CACHED - 1);
    if (this.#cachedIndex[slot] === index) return this.#cachedText[slot];
    if (index >= this.#count) return undefined;
    const text = this.#blocks[this.#blockOf[index] ?? 0]?.toString('utf8', this.#starts[index], this.#ends[index]) ?? '';
    this.#cachedIndex[slot] = index;
    this.#cachedText[slot] = text;
    return text;
  }

  /** Makes room for one text more; returns where it goes in the current block. */
  #room(length: number): number {
    if (this.#used + length > this.#block.length || this.#blocks.length === 0) {
      this.#block = Buffer.allocUnsafe(Math.max(BLOCK_BYTES, length));
      this.#blocks.push(this.#block);
      this.#used = 0;
    }
    if (this.#count === this.#starts.length) this.#grow();
    const start = this.#used;
    this.#used += length;
    this.#bytes += length;
    this.#blockOf[this.#count] = this.#blocks.length - 1;
    this.#starts[this.#count] = start;
    this.#ends[this.#count++] = this.#used;
    return start;
  }

  #grow(): void {
    const capacity = this.#starts.length * 2;
    const blockOf = new Uint16Array(capacity);
    const starts = new Uint32Array(capacity);
    const ends = new Uint32Array(capacity);
    blockOf.set(this.#blockOf);
    starts.set(this.#starts);
    ends.set(this.#ends);
    [this.#blockOf, this.#starts, this.#ends] = [blockOf, starts, ends];
  }
}
