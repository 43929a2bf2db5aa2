import { NONE } from './number-list.ts';

/**
 * The seconds of a group in order of time, each linked to its neighbours. A second has the rows and candidates that fall into it and are still
 * free: numbers from a first to before an end. One of its sides is empty once equal seconds are paired.
 */
export class GroupSeconds {
  readonly #times: Float64Array;
  readonly #rows: Int32Array;
  readonly #rowEnds: Int32Array;
  readonly #candidates: Int32Array;
  readonly #candidateEnds: Int32Array;
  readonly #previous: Int32Array;
  readonly #next: Int32Array;
  readonly #contestedAt: Float64Array;
  #count = 0;

  /** @param rowTimes, candidateTimes in seconds, ascending */
  constructor(rowTimes: Float64Array, candidateTimes: Float64Array) {
    const most = rowTimes.length + candidateTimes.length;
    this.#times = new Float64Array(most);
    this.#rows = new Int32Array(most);
    this.#rowEnds = new Int32Array(most);
    this.#candidates = new Int32Array(most);
    this.#candidateEnds = new Int32Array(most);
    this.#previous = new Int32Array(most);
    this.#next = new Int32Array(most).fill(NONE);
    this.#contestedAt = new Float64Array(most).fill(NONE);
    for (let row = 0, candidate = 0; row < rowTimes.length || candidate < candidateTimes.length; ) {
      const second = this.#count++;
      const time = Math.min(rowTimes[row] ?? Number.POSITIVE_INFINITY, candidateTimes[candidate] ?? Number.POSITIVE_INFINITY);
      this.#times[second] = time;
      this.#rows[second] = row;
      this.#candidates[second] = candidate;
      while (rowTimes[row] === time) row += 1;
      while (candidateTimes[candidate] === time) candidate += 1;
      this.#rowEnds[second] = row;
      this.#candidateEnds[second] = candidate;
      this.#previous[second] = second - 1;
      if (second > 0) this.#next[second - 1] = second;
    }
  }

  get length(): number {
    return this.#count;
  }

  /** NaN, which is at no distance of anything, for NONE. */
  time(second: number): number {
    return this.#times[second] ?? Number.NaN;
  }

  /** The first free row; only where there is one. */
  row(second: number): number {
    return this.#rows[second] ?? NONE;
  }

  candidate(second: number): number {
    return this.#candidates[second] ?? NONE;
  }

  /** 0 for NONE. */
  rowsLeft(second: number): number {
    return (this.#rowEnds[second] ?? 0) - (this.#rows[second] ?? 0);
  }

  candidatesLeft(second: number): number {
    return (this.#candidateEnds[second] ?? 0) - (this.#candidates[second] ?? 0);
  }

  isEmpty(second: number): boolean {
    return this.rowsLeft(second) === 0 && this.candidatesLeft(second) === 0;
  }

  takeRow(second: number): void {
    this.#rows[second] = this.row(second) + 1;
  }

  takeCandidate(second: number): void {
    this.#candidates[second] = this.candidate(second) + 1;
  }

  previous(second: number): number {
    return this.#previous[second] ?? NONE;
  }

  next(second: number): number {
    return this.#next[second] ?? NONE;
  }

  unlink(second: number): void {
    const previous = this.previous(second);
    const next = this.next(second);
    if (previous !== NONE) this.#next[previous] = next;
    if (next !== NONE) this.#previous[next] = previous;
  }

  /** The distance at which a pair was taken that something of this second could have been in as well; NONE before. */
  contestedAt(second: number): number {
    return this.#contestedAt[second] ?? NONE;
  }

  contest(second: number, distance: number): void {
    this.#contestedAt[second] = distance;
  }
}
