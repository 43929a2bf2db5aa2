import { GroupSeconds } from './group-seconds.ts';
import { NONE } from './number-list.ts';
import { ProposalQueue } from './proposal-queue.ts';

/** What pairing looks at of a statement row. */
export interface PayingRow {
  readonly number: number;
  /** UTC seconds. */
  readonly time: number;
  readonly payid: string;
}

/** What pairing looks at of a candidate. */
export interface FailedCandidate {
  /** Microseconds since 1970. */
  readonly created: number;
  readonly transId: string;
}

/** A row and the candidate that is closest to it. */
export interface ClosestPair<Row, Candidate> {
  readonly row: Row;
  readonly candidate: Candidate;
  /** Another choice was equally close. */
  readonly ambiguous: boolean;
}

const SECOND = 1_000_000;

/**
 * One to one, smallest difference in whole seconds first. Between equally close pairs: the candidate after the row, the earlier
 * candidate, then the earlier row. Every pair that can be next lies in neighbouring seconds, so a heap of neighbours takes n log n.
 */
export function pairClosest<Row extends PayingRow, Candidate extends FailedCandidate>(
  rows: readonly Row[],
  candidates: readonly Candidate[],
): readonly ClosestPair<Row, Candidate>[] {
  return new GroupPairing([...rows].sort(compareRows), [...candidates].sort(compareFailed)).pairs();
}

/** Pairs a group second by second. Rows and candidates are named by their number in the order of each side. */
class GroupPairing<Row extends PayingRow, Candidate extends FailedCandidate> {
  readonly #rows: readonly Row[];
  readonly #candidates: readonly Candidate[];
  readonly #seconds: GroupSeconds;
  readonly #queue = new ProposalQueue();
  readonly #pairs: ClosestPair<Row, Candidate>[] = [];

  constructor(rows: readonly Row[], candidates: readonly Candidate[]) {
    this.#rows = rows;
    this.#candidates = candidates;
    this.#seconds = new GroupSeconds(
      Float64Array.from(rows, ({ time }) => time),
      Float64Array.from(candidates, secondOf),
    );
  }

  pairs(): readonly ClosestPair<Row, Candidate>[] {
    const seconds = this.#seconds;
    for (let second = 0; second < seconds.length; second++) {
      this.#pair(second, second, seconds.rowsLeft(second) > 1 || seconds.candidatesLeft(second) > 1);
      if (seconds.isEmpty(second)) seconds.unlink(second);
    }
    for (let second = 0; second < seconds.length; second++) this.#proposeNeighbours(second, seconds.next(second));
    for (let proposal = this.#queue.take(); proposal !== NONE; proposal = this.#queue.take()) {
      this.#look(this.#queue.withRows(proposal), this.#queue.withCandidates(proposal));
    }
    return this.#pairs;
  }

  /** What is proposed may have been taken meanwhile. If not, the two are still neighbours: none comes between them. */
  #look(withRows: number, withCandidates: number): void {
    if (!this.#canPair(withRows, withCandidates)) return;
    this.#pair(withRows, withCandidates, this.#contest(withRows, withCandidates));
    for (const second of [withRows, withCandidates]) if (this.#seconds.isEmpty(second)) this.#leave(second);
  }

  /** Between two seconds the first row takes the first candidate, and so on until one of them has no more. */
  #pair(withRows: number, withCandidates: number, ambiguous: boolean): void {
    while (this.#canPair(withRows, withCandidates)) {
      const row = this.#rows[this.#seconds.row(withRows)];
      const candidate = this.#candidates[this.#seconds.candidate(withCandidates)];
      if (row === undefined || candidate === undefined) throw new Error('a second promises what it does not have');
      this.#pairs.push({ row, candidate, ambiguous });
      this.#seconds.takeRow(withRows);
      this.#seconds.takeCandidate(withCandidates);
    }
  }

  #canPair(withRows: number, withCandidates: number): boolean {
    return this.#seconds.rowsLeft(withRows) > 0 && this.#seconds.candidatesLeft(withCandidates) > 0;
  }

  #leave(second: number): void {
    const previous = this.#seconds.previous(second);
    const next = this.#seconds.next(second);
    this.#seconds.unlink(second);
    this.#proposeNeighbours(previous, next);
  }

  #proposeNeighbours(one: number, other: number): void {
    this.#propose(one, other);
    this.#propose(other, one);
  }

  /**
   * Proposes two neighbours where one has rows and the other candidates. Twice the distance, and one more where the candidate comes first:
   * rows need no comparison, for equally close to one candidate, on one side, they are of one second.
   */
  #propose(withRows: number, withCandidates: number): void {
    if (!this.#canPair(withRows, withCandidates)) return;
    const distance = this.#seconds.time(withCandidates) - this.#seconds.time(withRows);
    this.#queue.add(distance < 0 ? 1 - 2 * distance : 2 * distance, withRows, withCandidates);
  }

  /**
   * Whether the row had another candidate as near, or the candidate another row. A choice that an equally close pair took a moment ago
   * counts as well: of two equal payments with two equal candidates neither pair is certain.
   */
  #contest(withRows: number, withCandidates: number): boolean {
    const seconds = this.#seconds;
    const distance = Math.abs(seconds.time(withCandidates) - seconds.time(withRows));
    const otherCandidates = this.#asNear(withRows, withCandidates, distance);
    const otherRows = this.#asNear(withCandidates, withRows, distance);
    const hasOtherCandidates = seconds.candidatesLeft(otherCandidates) > 0;
    const hasOtherRows = seconds.rowsLeft(otherRows) > 0;
    const ambiguous =
      seconds.contestedAt(withRows) === distance ||
      seconds.contestedAt(withCandidates) === distance ||
      seconds.rowsLeft(withRows) > 1 ||
      seconds.candidatesLeft(withCandidates) > 1 ||
      hasOtherCandidates ||
      hasOtherRows;
    seconds.contest(withRows, distance);
    seconds.contest(withCandidates, distance);
    if (hasOtherCandidates) seconds.contest(otherCandidates, distance);
    if (hasOtherRows) seconds.contest(otherRows, distance);
    return ambiguous;
  }

  /** The neighbour on the other side of a second, where it is as near as this one. */
  #asNear(second: number, neighbour: number, distance: number): number {
    const seconds = this.#seconds;
    const other = seconds.next(second) === neighbour ? seconds.previous(second) : seconds.next(second);
    return Math.abs(seconds.time(other) - seconds.time(second)) === distance ? other : NONE;
  }
}

function secondOf({ created }: FailedCandidate): number {
  return Math.floor(created / SECOND);
}

function compareRows(one: PayingRow, other: PayingRow): number {
  if (one.time !== other.time) return one.time - other.time;
  return one.payid < other.payid ? -1 : one.payid > other.payid ? 1 : one.number - other.number;
}

function compareFailed(one: FailedCandidate, other: FailedCandidate): number {
  if (one.created !== other.created) return one.created - other.created;
  return one.transId < other.transId ? -1 : 1;
}
