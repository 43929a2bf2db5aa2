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

/** Pairs a group. Rows and candidates are named by their number in the order of each side. */
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
      this.#pairWithin(second);
      if (seconds.isEmpty(second)) seconds.unlink(second);
    }
    for (let second = 0; second < seconds.length; second++) if (!seconds.isEmpty(second)) this.#propose(second, seconds.next(second));
    for (let proposal = this.#queue.take(); proposal !== NONE; proposal = this.#queue.take()) {
      this.#look(this.#queue.row(proposal), this.#queue.candidate(proposal));
    }
    return this.#pairs;
  }

  /** At no distance at all, the first candidate takes the first row, and so on. */
  #pairWithin(second: number): void {
    const ambiguous = this.#seconds.rowsLeft(second) > 1 || this.#seconds.candidatesLeft(second) > 1;
    while (this.#seconds.rowsLeft(second) > 0 && this.#seconds.candidatesLeft(second) > 0) this.#pair(second, second, ambiguous);
  }

  /** Looks at a proposal: what it proposes may be taken, or no neighbours any more. */
  #look(row: number, candidate: number): void {
    const seconds = this.#seconds;
    const withRows = seconds.ofRow[row] ?? NONE;
    const withCandidates = seconds.ofCandidate[candidate] ?? NONE;
    if (!this.#areNeighbours(withRows, withCandidates)) return;
    if (seconds.row(withRows) === row && seconds.candidate(withCandidates) === candidate) {
      this.#pair(withRows, withCandidates, this.#contest(withRows, withCandidates));
      for (const second of [withRows, withCandidates]) if (seconds.isEmpty(second)) this.#leave(second);
    }
    this.#propose(withRows, withCandidates);
  }

  #pair(withRows: number, withCandidates: number, ambiguous: boolean): void {
    const row = this.#rows[this.#seconds.row(withRows)];
    const candidate = this.#candidates[this.#seconds.candidate(withCandidates)];
    if (row === undefined || candidate === undefined) throw new Error('a second promises what it does not have');
    this.#pairs.push({ row, candidate, ambiguous });
    this.#seconds.takeRow(withRows);
    this.#seconds.takeCandidate(withCandidates);
  }

  #leave(second: number): void {
    const previous = this.#seconds.previous(second);
    const next = this.#seconds.next(second);
    this.#seconds.unlink(second);
    this.#propose(previous, next);
  }

  /**
   * Proposes the first row and the first candidate of two neighbours, where one has rows and the other candidates. Twice the distance, and
   * one more where the candidate comes first: rows need no comparison, for equally close to one candidate, on one side, they are of one second.
   */
  #propose(one: number, other: number): void {
    if (one === NONE || other === NONE) return;
    const seconds = this.#seconds;
    const [withRows, withCandidates] = seconds.rowsLeft(one) > 0 ? [one, other] : [other, one];
    if (seconds.rowsLeft(withRows) === 0 || seconds.candidatesLeft(withCandidates) === 0) return;
    const row = seconds.row(withRows);
    const candidate = seconds.candidate(withCandidates);
    const distance = this.#distance(row, candidate);
    this.#queue.add(distance < 0 ? 1 - 2 * distance : 2 * distance, row, candidate);
  }

  /** Whole seconds from a row to a candidate. */
  #distance(row: number, candidate: number): number {
    const paying = this.#rows[row];
    const failed = this.#candidates[candidate];
    return paying === undefined || failed === undefined ? Number.NaN : secondOf(failed) - paying.time;
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
    const hasOtherCandidates = otherCandidates !== NONE && seconds.candidatesLeft(otherCandidates) > 0;
    const hasOtherRows = otherRows !== NONE && seconds.rowsLeft(otherRows) > 0;
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
    return other !== NONE && Math.abs(seconds.time(other) - seconds.time(second)) === distance ? other : NONE;
  }

  #areNeighbours(one: number, other: number): boolean {
    const seconds = this.#seconds;
    return !seconds.isEmpty(one) && !seconds.isEmpty(other) && (seconds.next(one) === other || seconds.previous(one) === other);
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
  return one.transId < other.transId ? -1 : one.transId > other.transId ? 1 : 0;
}
