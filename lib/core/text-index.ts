import { NONE } from './number-list.ts';
import type { TextColumn } from './text-column.ts';

/** Texts made to collide would turn finding into searching: beyond so many steps a Map takes over, whose hashes nobody can foresee. */
const LONGEST_PROBE = 1_000;
const FEWEST_SLOTS = 64;

/**
 * Finds the row of a text column that holds a text: one row a text. An open-addressing table of two numbers a slot, hash and row + 1,
 * so that nearly every look at a foreign text ends at its hash.
 */
export class TextIndex {
  readonly #column: TextColumn;
  #slots = new Int32Array(2 * FEWEST_SLOTS);
  #mask = FEWEST_SLOTS - 1;
  #count = 0;
  #crowded: Map<string, number> | undefined;

  constructor(column: TextColumn) {
    this.#column = column;
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
    if (2 * this.#count > this.#mask + 1) this.#grow();
    return NONE;
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
