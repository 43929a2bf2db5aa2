import { NONE } from './number-list.ts';

/**
 * Proposed pairs in the order in which they are to be looked at: the least distance first, then the candidate of the least number. A binary
 * heap of numbers: a group of ten thousand equal payments makes no object for each of its proposals.
 */
export class ProposalQueue {
  readonly #distances: number[] = [];
  readonly #rows: number[] = [];
  readonly #candidates: number[] = [];
  readonly #heap: number[] = [];

  add(distance: number, row: number, candidate: number): void {
    const heap = this.#heap;
    const added = this.#distances.length;
    this.#distances.push(distance);
    this.#rows.push(row);
    this.#candidates.push(candidate);
    let place = heap.length;
    heap.push(added);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const other = heap[parent] ?? NONE;
      if (!this.#isBefore(added, other)) break;
      heap[place] = other;
      place = parent;
    }
    heap[place] = added;
  }

  /** The number of the next proposal; NONE after the last one. */
  take(): number {
    const heap = this.#heap;
    const next = heap[0] ?? NONE;
    const last = heap.pop() ?? NONE;
    if (heap.length === 0) return next;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#isBefore(heap[child + 1] ?? NONE, heap[child] ?? NONE)) child += 1;
      const other = heap[child] ?? NONE;
      if (!this.#isBefore(other, last)) break;
      heap[place] = other;
      place = child;
    }
    heap[place] = last;
    return next;
  }

  row(proposal: number): number {
    return this.#rows[proposal] ?? NONE;
  }

  candidate(proposal: number): number {
    return this.#candidates[proposal] ?? NONE;
  }

  #isBefore(one: number, other: number): boolean {
    const difference = (this.#distances[one] ?? 0) - (this.#distances[other] ?? 0);
    return difference === 0 ? this.candidate(one) < this.candidate(other) : difference < 0;
  }
}
