import { asciiText } from '../ascii-text.ts';
import { UnreadableFile } from '../unreadable-file.ts';

const BLOCK_BITS = 22;
const BLOCK_BYTES = 2 ** BLOCK_BITS;
/** A cell holds at most 32,767 characters. */
const LONGEST_TEXT_BYTES = 2 ** 20;
const FIRST_CAPACITY = 4_096;
/** A power of two: texts that many rows repeat (statuses, accounts) are decoded once. */
const CACHED = 4_096;

/**
 * A list of texts kept as UTF-8 bytes. Millions of short strings cost three times their bytes as objects, and most are asked for once.
 * @throws UnreadableFile `too-large` on a text of more than 1 MB
 */
export class TextPool {
  readonly #blocks: Buffer[] = [];
  /** Of each block: how much of it is used. */
  readonly #used: number[] = [];
  /** Of each text: number of its block times the size of a block, plus where it starts there. */
  #starts = new Uint32Array(FIRST_CAPACITY);
  #count = 0;
  #bytes = 0;
  readonly #cachedIndex = new Int32Array(CACHED).fill(-1);
  readonly #cachedText: string[] = new Array<string>(CACHED).fill('');

  get count(): number {
    return this.#count;
  }

  /** Bytes that all texts take together. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds the text of UTF-8 bytes that are known to be valid. */
  addBytes(bytes: Buffer, start: number, end: number): void {
    const length = end - start;
    if (length > LONGEST_TEXT_BYTES) throw new UnreadableFile('too-large', 'a shared string of more than 1 MB');
    let last = this.#blocks.length - 1;
    if (last === -1 || (this.#used[last] ?? 0) + length > BLOCK_BYTES) {
      this.#blocks.push(Buffer.allocUnsafe(BLOCK_BYTES));
      this.#used.push(0);
      last++;
    }
    const block = this.#blocks[last];
    const used = this.#used[last] ?? 0;
    // By hand: for the few bytes of a cell the call into native code costs more.
    if (block !== undefined) for (let index = 0; index < length; index++) block[used + index] = bytes[start + index] ?? 0;
    this.#used[last] = used + length;
    this.#bytes += length;
    if (this.#count === this.#starts.length) this.#grow();
    this.#starts[this.#count++] = last * BLOCK_BYTES + used;
  }

  add(text: string): void {
    const bytes = Buffer.from(text);
    this.addBytes(bytes, 0, bytes.length);
  }

  /** A text by its number, or `undefined` past the end. */
  get(index: number): string | undefined {
    const slot = index & (CACHED - 1);
    if (this.#cachedIndex[slot] === index) return this.#cachedText[slot];
    const text = this.#decode(index);
    if (text === undefined) return undefined;
    this.#cachedIndex[slot] = index;
    this.#cachedText[slot] = text;
    return text;
  }

  #decode(index: number): string | undefined {
    if (index >= this.#count) return undefined;
    const position = this.#starts[index] ?? 0;
    const number = position >>> BLOCK_BITS;
    const next = index + 1 < this.#count ? (this.#starts[index + 1] ?? 0) : undefined;
    // The last text of a block ends where the block's used part does.
    const end = next !== undefined && next >>> BLOCK_BITS === number ? next & (BLOCK_BYTES - 1) : this.#used[number];
    const block = this.#blocks[number];
    if (block === undefined || end === undefined) return undefined;
    const start = position & (BLOCK_BYTES - 1);
    let bits = 0;
    for (let at = start; at < end; at++) bits |= block[at] ?? 0;
    return bits < 0x80 ? asciiText(block, start, end) : block.toString('utf8', start, end);
  }

  #grow(): void {
    const starts = new Uint32Array(this.#starts.length * 2);
    starts.set(this.#starts);
    this.#starts = starts;
  }
}
