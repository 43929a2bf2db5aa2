import type { ResultClass, ResultLine } from './result-line.ts';

/** Hands out the lines of a run class by class, reading them once: a class that was passed does not come back. */
export class ResultLineCursor {
  readonly #batches: AsyncIterator<readonly ResultLine[]>;
  #batch: readonly ResultLine[] = [];

  constructor(batches: AsyncIterable<readonly ResultLine[]>) {
    this.#batches = batches[Symbol.asyncIterator]();
  }

  /** The next lines as long as they are of one of these classes, `most` of them at most. */
  async *take(classes: readonly ResultClass[], most = Number.POSITIVE_INFINITY): AsyncGenerator<readonly ResultLine[]> {
    for (let left = most; left > 0 && (await this.#fill()); ) {
      const other = this.#batch.findIndex(({ classe }) => !classes.includes(classe));
      const taken = this.#batch.slice(0, Math.min(left, other === -1 ? this.#batch.length : other));
      if (taken.length === 0) return;
      this.#batch = this.#batch.slice(taken.length);
      left -= taken.length;
      yield taken;
    }
  }

  /** @throws Error where a line is left: it is of no class that was asked for, or came too late */
  async end(): Promise<void> {
    if (await this.#fill()) throw new Error(`a line of class ${this.#batch[0]?.classe} out of its order`);
  }

  async #fill(): Promise<boolean> {
    while (this.#batch.length === 0) {
      const next = await this.#batches.next();
      if (next.done === true) return false;
      this.#batch = next.value;
    }
    return true;
  }
}
