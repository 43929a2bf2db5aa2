import { PriorityQueue } from './priority-queue.ts';

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

/** One second of a group: rows and candidates that are still free, in their order. One side is empty once equal seconds are paired. */
interface Second<Row, Candidate> {
  readonly time: number;
  readonly rows: Queue<Row>;
  readonly candidates: Queue<Candidate>;
  /** The distance at which a pair was taken that something of this second could have been in as well; −1 before. */
  contestedAt: number;
  previous: Second<Row, Candidate> | undefined;
  next: Second<Row, Candidate> | undefined;
}

interface Queue<Item> {
  readonly items: readonly Item[];
  /** Index of the first free item. */
  head: number;
}

/** Neighbouring seconds, one with rows and one with candidates: only such can be closest. */
interface Proposal<Row, Candidate> {
  readonly withRows: Second<Row, Candidate>;
  readonly withCandidates: Second<Row, Candidate>;
  readonly row: Row;
  readonly candidate: Candidate;
}

type Propose<Row, Candidate> = (one: Second<Row, Candidate> | undefined, other: Second<Row, Candidate> | undefined) => void;

const SECOND = 1_000_000;

/**
 * One to one, smallest difference in whole seconds first. Between equally close pairs: the candidate after the row, the earlier
 * candidate, then the earlier row. Every pair that can be next lies in neighbouring seconds, so a heap of neighbours takes n log n.
 */
export function pairClosest<Row extends PayingRow, Candidate extends FailedCandidate>(
  rows: readonly Row[],
  candidates: readonly Candidate[],
): readonly ClosestPair<Row, Candidate>[] {
  const pairs: ClosestPair<Row, Candidate>[] = [];
  const first = linkSeconds(rows, candidates);
  for (let second = first; second !== undefined; second = second.next) pairWithinSecond(second, pairs);
  const queue = new PriorityQueue<Proposal<Row, Candidate>>(compareProposals);
  const propose = (one: Second<Row, Candidate> | undefined, other: Second<Row, Candidate> | undefined) => {
    const proposal = one && other && proposalOf(one, other);
    if (proposal !== undefined) queue.add(proposal);
  };
  const start = dropEmpty(first, () => undefined);
  for (let second = start; second?.next !== undefined; second = second.next) propose(second, second.next);
  for (let proposal = queue.take(); proposal !== undefined; proposal = queue.take()) {
    const { withRows, withCandidates, row, candidate } = proposal;
    if (head(withRows.rows) !== row || head(withCandidates.candidates) !== candidate) {
      if (areNeighbours(withRows, withCandidates)) propose(withRows, withCandidates);
      continue;
    }
    if (!areNeighbours(withRows, withCandidates)) continue;
    pairs.push({ row, candidate, ambiguous: contest(withRows, withCandidates) });
    withRows.rows.head += 1;
    withCandidates.candidates.head += 1;
    for (const second of [withRows, withCandidates]) if (isEmpty(second)) unlink(second, propose);
    propose(withRows, withCandidates);
  }
  return pairs;
}

/** The seconds of a group in order of time, linked to their neighbours. */
function linkSeconds<Row extends PayingRow, Candidate extends FailedCandidate>(rows: readonly Row[], candidates: readonly Candidate[]): Second<Row, Candidate> | undefined {
  const rowSeconds = bySecond([...rows].sort(compareRows), ({ time }) => time);
  const candidateSeconds = bySecond([...candidates].sort(compareFailed), secondOf);
  let first: Second<Row, Candidate> | undefined;
  let previous: Second<Row, Candidate> | undefined;
  for (let row = 0, candidate = 0; row < rowSeconds.length || candidate < candidateSeconds.length; ) {
    const rowTime = rowSeconds[row]?.time ?? Number.POSITIVE_INFINITY;
    const candidateTime = candidateSeconds[candidate]?.time ?? Number.POSITIVE_INFINITY;
    const time = Math.min(rowTime, candidateTime);
    const second: Second<Row, Candidate> = {
      time,
      rows: { items: rowTime === time ? (rowSeconds[row++]?.items ?? []) : [], head: 0 },
      candidates: { items: candidateTime === time ? (candidateSeconds[candidate++]?.items ?? []) : [], head: 0 },
      contestedAt: -1,
      previous,
      next: undefined,
    };
    if (previous !== undefined) previous.next = second;
    first ??= second;
    previous = second;
  }
  return first;
}

/** Sorted items, together where they are of one second. */
function bySecond<Item>(items: readonly Item[], timeOf: (item: Item) => number): readonly { readonly time: number; readonly items: Item[] }[] {
  const seconds: { readonly time: number; readonly items: Item[] }[] = [];
  for (const item of items) {
    const time = timeOf(item);
    const last = seconds.at(-1);
    if (last?.time === time) last.items.push(item);
    else seconds.push({ time, items: [item] });
  }
  return seconds;
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

/** At no distance at all, the first candidate takes the first row, and so on. */
function pairWithinSecond<Row, Candidate>(second: Second<Row, Candidate>, pairs: ClosestPair<Row, Candidate>[]): void {
  const ambiguous = left(second.rows) > 1 || left(second.candidates) > 1;
  for (let row = head(second.rows), candidate = head(second.candidates); row && candidate; row = head(second.rows), candidate = head(second.candidates)) {
    pairs.push({ row, candidate, ambiguous });
    second.rows.head += 1;
    second.candidates.head += 1;
  }
}

function dropEmpty<Row, Candidate>(first: Second<Row, Candidate> | undefined, propose: Propose<Row, Candidate>): Second<Row, Candidate> | undefined {
  let start = first;
  for (let second = first; second !== undefined; second = second.next) {
    if (!isEmpty(second)) continue;
    if (second === start) start = second.next;
    unlink(second, propose);
  }
  return start;
}

function unlink<Row, Candidate>(second: Second<Row, Candidate>, propose: Propose<Row, Candidate>): void {
  const { previous, next } = second;
  if (previous !== undefined) previous.next = next;
  if (next !== undefined) next.previous = previous;
  propose(previous, next);
}

function proposalOf<Row, Candidate>(one: Second<Row, Candidate>, other: Second<Row, Candidate>): Proposal<Row, Candidate> | undefined {
  const [withRows, withCandidates] = left(one.rows) > 0 ? [one, other] : [other, one];
  const row = head(withRows.rows);
  const candidate = head(withCandidates.candidates);
  return row && candidate && { withRows, withCandidates, row, candidate };
}

/** Rows need no comparison: equally close to one candidate, on one side, they are of one second, whose first row is proposed. */
function compareProposals<Row extends PayingRow, Candidate extends FailedCandidate>(one: Proposal<Row, Candidate>, other: Proposal<Row, Candidate>): number {
  const distance = Math.abs(timeDifference(one)) - Math.abs(timeDifference(other));
  if (distance !== 0) return distance;
  const sides = Number(timeDifference(one) < 0) - Number(timeDifference(other) < 0);
  return sides || compareFailed(one.candidate, other.candidate);
}

/** Seconds from the row to the candidate. */
function timeDifference<Row, Candidate>({ withRows, withCandidates }: Proposal<Row, Candidate>): number {
  return withCandidates.time - withRows.time;
}

/**
 * Whether the row had another candidate as near, or the candidate another row. A choice that an equally close pair took a moment ago
 * counts as well: of two equal payments with two equal candidates neither pair is certain.
 */
function contest<Row, Candidate>(withRows: Second<Row, Candidate>, withCandidates: Second<Row, Candidate>): boolean {
  const distance = Math.abs(withCandidates.time - withRows.time);
  const beyond = (second: Second<Row, Candidate>, neighbour: Second<Row, Candidate>, side: 'rows' | 'candidates') => {
    const other = second.next === neighbour ? second.previous : second.next;
    return other !== undefined && left(other[side]) > 0 && Math.abs(other.time - second.time) === distance ? other : undefined;
  };
  const otherCandidates = beyond(withRows, withCandidates, 'candidates');
  const otherRows = beyond(withCandidates, withRows, 'rows');
  const ambiguous =
    withRows.contestedAt === distance ||
    withCandidates.contestedAt === distance ||
    left(withRows.rows) > 1 ||
    left(withCandidates.candidates) > 1 ||
    otherCandidates !== undefined ||
    otherRows !== undefined;
  for (const second of [withRows, withCandidates, otherCandidates, otherRows]) if (second !== undefined) second.contestedAt = distance;
  return ambiguous;
}

function areNeighbours<Row, Candidate>(one: Second<Row, Candidate>, other: Second<Row, Candidate>): boolean {
  return !isEmpty(one) && !isEmpty(other) && (one.next === other || one.previous === other);
}

function isEmpty<Row, Candidate>(second: Second<Row, Candidate>): boolean {
  return left(second.rows) === 0 && left(second.candidates) === 0;
}

function head<Item>(queue: Queue<Item>): Item | undefined {
  return queue.items[queue.head];
}

function left(queue: Queue<unknown>): number {
  return queue.items.length - queue.head;
}
