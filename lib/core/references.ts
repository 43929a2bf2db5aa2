import { type Candidates, HAS_REFERENCE } from './candidates.ts';
import { NONE, type NumberList } from './number-list.ts';
import { eachTextOfBoth, SortedTexts } from './sorted-texts.ts';
import type { StatementRows } from './statement-rows.ts';

/** What payment references say: which row goes with which success, and which of either side only repeat a reference. */
export class References {
  /** By row: its candidate plus one. */
  readonly #candidates: Int32Array;
  readonly #furtherRows: Uint8Array;
  readonly #furtherCandidates: Uint8Array;

  constructor(rows: number, candidates: number) {
    this.#candidates = new Int32Array(rows);
    this.#furtherRows = new Uint8Array(rows);
    this.#furtherCandidates = new Uint8Array(candidates);
  }

  /** The success that has the reference of a row, which is the first row to have it; NONE for other rows. */
  candidateOf(row: number): number {
    return (this.#candidates[row] ?? 0) - 1;
  }

  /** Whether another row of its reference comes first. */
  isFurtherRow(row: number): boolean {
    return this.#furtherRows[row] === 1;
  }

  /** Whether another success of its reference comes first. */
  isFurtherCandidate(candidate: number): boolean {
    return this.#furtherCandidates[candidate] === 1;
  }

  /** @param candidate NONE leaves the row without one */
  pair(row: number, candidate: number): void {
    this.#candidates[row] = candidate + 1;
  }

  /** Takes back a pair whose references only have one hash. */
  part(row: number): void {
    this.#candidates[row] = 0;
  }

  markFurtherRow(row: number): void {
    this.#furtherRows[row] = 1;
  }

  markFurtherCandidate(candidate: number): void {
    this.#furtherCandidates[candidate] = 1;
  }
}

/** Finds the rows and successes of each reference. The first row goes with the first success: empty references match nothing. */
export function matchReferences(rows: StatementRows, candidates: Candidates, successes: NumberList): References {
  const references = new References(rows.length, candidates.length);
  const referred = successes.filter((candidate) => candidates.is(candidate, HAS_REFERENCE));
  eachTextOfBoth(
    rows.sortedReferences(),
    new SortedTexts(candidates.payids, referred),
    (row, candidate) => references.pair(row, candidate),
    (ofReference, successesOfReference) => {
      const row = first(ofReference, (one, other) => rows.comesBefore(one, other));
      const candidate = first(successesOfReference, (one, other) => candidates.comesBefore(one, other));
      if (row !== NONE) references.pair(row, candidate);
      for (const further of ofReference) if (further !== row) references.markFurtherRow(further);
      for (const further of successesOfReference) if (further !== candidate) references.markFurtherCandidate(further);
    },
  );
  for (let row = 0; row < rows.length; row++) {
    const candidate = references.candidateOf(row);
    if (candidate !== NONE && !rows.payids.equals(row, candidates.payids, candidate)) references.part(row);
  }
  return references;
}

function first(items: readonly number[], comesBefore: (one: number, other: number) => boolean): number {
  let best = NONE;
  for (const item of items) if (best === NONE || comesBefore(item, best)) best = item;
  return best;
}
