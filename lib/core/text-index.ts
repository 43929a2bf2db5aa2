import type { TextColumn } from './text-column.ts';

/** Texts made to collide would turn finding into searching: beyond so many steps a Map takes over, whose hashes nobody can foresee. */
const LONGEST_PROBE = 100;
const FEWEST_SLOTS = 64;
export const NONE = -1;

/**
 * Finds the row of a text column that holds a text: one row a text. An open-addressing table of two numbers a slot, hash and row + 1,
 * so that nearly every look at a foreign text ends at its hash.
 */
export class TextIndex {
  readonly #column: TextColumn;
  #slots: Int32Array;
  #mask: number;
  #count = 0;
  #crowded: Map<string, number> | undefined;

  /** @param expected how many texts it will about hold */
  constructor(column: TextColumn, expected = 0) {
    this.#column = column;
    const size = Math.max(FEWEST_SLOTS, 2 ** Math.ceil(Math.log2(1.5 * expected + 1)));
    this.#slots = new Int32Array(2 * size);
    this.#mask = size - 1;
  }

  /** Enters a row of the column; the row that already stands for its text, or NONE. */
  enter(row: number): number {
    const column = this.#column;
    if (this.#crowded !== undefined) return this.#enterCrowded(this.#crowded, row);
    const hash = column.hash(row);
    const slots = this.#slots;
    let slot = mixed(hash) & this.#mask;
    for (let probe = 0; ; probe++) {
      const known = slots[2 * slot + 1] ?? 0;
      if (known === 0) break;
      if (slots[2 * slot] === hash && column.equals(row, column, known - 1)) return known - 1;
      if (probe === LONGEST_PROBE) return this.#enterCrowded(this.#crowd(), row);
      slot = (slot + 1) & this.#mask;
    }
    slots[2 * slot] = hash;
    slots[2 * slot + 1] = row + 1;
    this.#count += 1;
    if (3 * this.#count > 2 * (this.#mask + 1)) this.#grow();
    return NONE;
  }

  /** Puts another row of the same text in the place of one. */
  replace(row: number, by: number): void {
    if (this.#crowded !== undefined) {
      this.#crowded.set(this.#column.text(by), by);
      return;
    }
    for (let slot = mixed(this.#column.hash(row)) & this.#mask; this.#slots[2 * slot + 1] !== 0; slot = (slot + 1) & this.#mask) {
      if (this.#slots[2 * slot + 1] !== row + 1) continue;
      this.#slots[2 * slot + 1] = by + 1;
      return;
    }
  }

  /** The row that stands for a text of another column (or this one); NONE where there is none. */
  find(other: TextColumn, row: number): number {
    const column = this.#column;
    if (this.#crowded !== undefined) return this.#crowded.get(other.text(row)) ?? NONE;
    const hash = other.hash(row);
    const slots = this.#slots;
    for (let slot = mixed(hash) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const known = slots[2 * slot + 1] ?? 0;
      if (known === 0) return NONE;
      if (slots[2 * slot] === hash && column.equals(known - 1, other, row)) return known - 1;
    }
  }

  /** The row that stands for a text; NONE where there is none. @param hash of the bytes, as columns hash */
  findBytes(bytes: Uint8Array, start: number, end: number, hash: number): number {
    if (this.#crowded !== undefined) return this.#crowded.get(new TextDecoder().decode(bytes.subarray(start, end))) ?? NONE;
    for (let slot = mixed(hash) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const known = this.#slots[2 * slot + 1] ?? 0;
      if (known === 0) return NONE;
      if (this.#slots[2 * slot] === hash && this.#column.equalsBytes(known - 1, bytes, start, end)) return known - 1;
    }
  }

  #enterCrowded(rows: Map<string, number>, row: number): number {
    const text = this.#column.text(row);
    const known = rows.get(text);
    if (known === undefined) rows.set(text, row);
    return known ?? NONE;
  }

  #crowd(): Map<string, number> {
    const rows = new Map<string, number>();
    for (let slot = 0; slot <= this.#mask; slot++) {
      const row = this.#slots[2 * slot + 1] ?? 0;
      if (row !== 0) rows.set(this.#column.text(row - 1), row - 1);
    }
    this.#crowded = rows;
    this.#slots = new Int32Array(0);
    return rows;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(2 * old.length);
    this.#mask = 2 * this.#mask + 1;
    for (let at = 0; at < old.length; at += 2) {
      if (old[at + 1] === 0) continue;
      let slot = mixed(old[at] ?? 0) & this.#mask;
      while (this.#slots[2 * slot + 1] !== 0) slot = (slot + 1) & this.#mask;
      this.#slots[2 * slot] = old[at] ?? 0;
      this.#slots[2 * slot + 1] = old[at + 1] ?? 0;
    }
  }
}

/** The low bits decide the slot: they must depend on all the others. */
function mixed(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return half ^ (half >>> 13);
}
