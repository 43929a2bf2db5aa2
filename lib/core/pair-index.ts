import { NONE } from './number-list.ts';
import { grown } from './text-column.ts';

/** Pairs made to collide would turn finding into searching: beyond so many steps a Map takes over. */
const LONGEST_PROBE = 1_000;
const FEWEST_SLOTS = 64;

/** Numbers pairs of whole numbers in the order in which they are first seen: an open-addressing table. */
export class PairIndex {
  #slots: Int32Array;
  #mask: number;
  #count = 0;
  #ones = new Float64Array(FEWEST_SLOTS);
  #others = new Float64Array(FEWEST_SLOTS);
  #crowded: Map<string, number> | undefined;

  /** @param expected how many pairs it will hold at most */
  constructor(expected: number) {
    const size = Math.max(FEWEST_SLOTS, 2 ** Math.ceil(Math.log2(2 * expected)));
    this.#slots = new Int32Array(size);
    this.#mask = size - 1;
  }

  get length(): number {
    return this.#count;
  }

  /** The number of a pair, which it gets when it is first seen. */
  enter(one: number, other: number): number {
    const found = this.find(one, other);
    if (found !== NONE) return found;
    const id = this.#count++;
    if (id === this.#ones.length) {
      this.#ones = grown(this.#ones, new Float64Array(2 * id));
      this.#others = grown(this.#others, new Float64Array(2 * id));
    }
    this.#ones[id] = one;
    this.#others[id] = other;
    const crowded = this.#crowded ?? this.#place(id, one, other);
    crowded?.set(`${one} ${other}`, id);
    return id;
  }

  /** The number of a pair; NONE where it was not seen. */
  find(one: number, other: number): number {
    if (this.#crowded !== undefined) return this.#crowded.get(`${one} ${other}`) ?? NONE;
    for (let slot = hashOf(one, other) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const id = (this.#slots[slot] ?? 0) - 1;
      if (id < 0) return NONE;
      if (this.#ones[id] === one && this.#others[id] === other) return id;
    }
  }

  /** Puts a pair into the table; where that takes too many steps, gives the Map that takes over, with the pairs before it. */
  #place(id: number, one: number, other: number): Map<string, number> | undefined {
    let slot = hashOf(one, other) & this.#mask;
    for (let probe = 0; this.#slots[slot] !== 0; probe++) {
      if (probe === LONGEST_PROBE) {
        this.#crowded = new Map(Array.from({ length: id }, (_, known) => [`${this.#ones[known]} ${this.#others[known]}`, known] as const));
        return this.#crowded;
      }
      slot = (slot + 1) & this.#mask;
    }
    this.#slots[slot] = id + 1;
    return undefined;
  }
}

function hashOf(one: number, other: number): number {
  let hash = Math.imul(one, 0x9e3779b1) ^ Math.imul(one / 0x100000000, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) ^ Math.imul(other, 0x27d4eb2f) ^ Math.imul(other / 0x100000000, 0x165667b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
