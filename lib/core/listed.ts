/** Items in a fixed order: an array, or something that makes each item when it is asked for. */
export interface Listed<Item> extends Iterable<Item> {
  readonly length: number;
  map<Result>(make: (item: Item, index: number) => Result): Result[];
  filter(keep: (item: Item, index: number) => boolean): Item[];
  toSorted(compare: (one: Item, other: Item) => number): Item[];
}

/** Items that are made anew each time they are asked for: a million of them cost nothing until then. */
export class MadeList<Item> implements Listed<Item> {
  readonly length: number;
  readonly #make: (index: number) => Item;

  constructor(length: number, make: (index: number) => Item) {
    this.length = length;
    this.#make = make;
  }

  *[Symbol.iterator](): Generator<Item, void, undefined> {
    for (let index = 0; index < this.length; index++) yield this.#make(index);
  }

  map<Result>(make: (item: Item, index: number) => Result): Result[] {
    return Array.from({ length: this.length }, (_, index) => make(this.#make(index), index));
  }

  filter(keep: (item: Item, index: number) => boolean): Item[] {
    const kept: Item[] = [];
    for (let index = 0; index < this.length; index++) {
      const item = this.#make(index);
      if (keep(item, index)) kept.push(item);
    }
    return kept;
  }

  toSorted(compare: (one: Item, other: Item) => number): Item[] {
    return [...this].sort(compare);
  }
}
