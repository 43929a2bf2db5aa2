import { NONE } from './number-list.ts';

/**
 * Proposed pairs of seconds, one with rows and one with candidates: the least distance is looked at first. Equal distances need no order, for
 * such pairs have no second in common. A binary heap of numbers: a group of ten thousand payments makes no object for each of its proposals.
 */
export class ProposalQueue {
  readonly #distances: number[] = [];
  readonly #withRows: number[] = [];
  readonly #withCandidates: number[] = [];
  readonly #heap: number[] = [];

  add(distance: number, withRows: number, withCandidates: number): void {
    const heap = this.#heap;
    const added = this.#distances.length;
    this.#distances.push(distance);
    this.#withRows.push(withRows);
    this.#withCandidates.push(withCandidates);
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

  withRows(proposal: number): number {
    return this.#withRows[proposal] ?? NONE;
  }

  withCandidates(proposal: number): number {
    return this.#withCandidates[proposal] ?? NONE;
  }

  #isBefore(one: number, other: number): boolean {
    return (this.#distances[one] ?? 0) < (this.#distances[other] ?? 0);
  }
}
