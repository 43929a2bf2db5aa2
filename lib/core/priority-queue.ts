/** A binary heap: `take` gives the least item by `compare`. */
export class PriorityQueue<Item> {
  readonly #items: Item[] = [];
  readonly #compare: (one: Item, other: Item) => number;

  constructor(compare: (one: Item, other: Item) => number) {
    this.#compare = compare;
  }

  add(item: Item): void {
    this.#items.push(item);
    let index = this.#items.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfLess(index, parent)) return;
      index = parent;
    }
  }

  take(): Item | undefined {
    const least = this.#items[0];
    const last = this.#items.pop();
    if (this.#items.length === 0 || last === undefined) return least;
    this.#items[0] = last;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= this.#items.length) return least;
      const right = left + 1;
      const child = right < this.#items.length && this.#isLess(right, left) ? right : left;
      if (!this.#swapIfLess(child, index)) return least;
      index = child;
    }
  }

  #isLess(index: number, other: number): boolean {
    const one = this.#items[index];
    const two = this.#items[other];
    return one !== undefined && two !== undefined && this.#compare(one, two) < 0;
  }

  #swapIfLess(index: number, other: number): boolean {
    const one = this.#items[index];
    const two = this.#items[other];
    if (one === undefined || two === undefined || this.#compare(one, two) >= 0) return false;
    this.#items[index] = two;
    this.#items[other] = one;
    return true;
  }
}
