import { grown } from './text-column.ts';

/** No row, candidate or word: these are counted from 0. */
export const NONE = -1;

const FIRST_NUMBERS = 256;

/** A growing list of whole numbers: four bytes each. */
export class NumberList {
  #numbers = new Int32Array(FIRST_NUMBERS);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return this.#numbers[index] ?? 0;
  }

  push(value: number): void {
    if (this.#length === this.#numbers.length) this.#numbers = grown(this.#numbers, new Int32Array(2 * this.#length));
    this.#numbers[this.#length++] = value;
  }

  filter(keep: (value: number) => boolean): NumberList {
    const kept = new NumberList();
    for (let index = 0; index < this.#length; index++) if (keep(this.at(index))) kept.push(this.at(index));
    return kept;
  }
}
