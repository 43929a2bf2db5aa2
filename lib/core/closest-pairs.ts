import { type Candidate, compareCandidates } from './ledger.ts';
import { PriorityQueue } from './priority-queue.ts';
import type { StatementRow } from './statement-rows.ts';

/** A statement row and the transaction, not successful in the ledger, that it shows to be paid. */
export interface Correspondence {
  readonly row: StatementRow;
  readonly candidate: Candidate;
  /** Another choice was equally close. */
  readonly ambiguous: boolean;
}

/** One second of a group: rows and candidates that are still free, in their order. One side is empty once equal seconds are paired. */
interface Second {
  readonly time: number;
  readonly rows: Queue<StatementRow>;
  readonly candidates: Queue<Candidate>;
  /** The distance at which a pair was taken that something of this second could have been in as well; −1 before. */
  contestedAt: number;
  previous: Second | undefined;
  next: Second | undefined;
}

interface Queue<Item> {
  readonly items: readonly Item[];
  /** Index of the first free item. */
  head: number;
}

/** Neighbouring seconds, one with rows and one with candidates: only such can be closest. */
interface Proposal {
  readonly withRows: Second;
  readonly withCandidates: Second;
  readonly row: StatementRow;
  readonly candidate: Candidate;
}

const SECOND = 1_000_000;

/**
 * One to one, smallest difference in whole seconds first. Between equally close pairs: the candidate after the row, the earlier
 * candidate, then the earlier row. Every pair that can be next lies in neighbouring seconds, so a heap of neighbours takes n log n.
 */
export function pairClosest(rows: readonly StatementRow[], candidates: readonly Candidate[]): readonly Correspondence[] {
  const pairs: Correspondence[] = [];
  const first = linkSeconds(rows, candidates);
  for (let second = first; second !== undefined; second = second.next) pairs.push(...pairWithinSecond(second));
  const queue = new PriorityQueue<Proposal>(compareProposals);
  const propose = (one: Second | undefined, other: Second | undefined) => {
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
function linkSeconds(rows: readonly StatementRow[], candidates: readonly Candidate[]): Second | undefined {
  const seconds = new Map<number, { rows: StatementRow[]; candidates: Candidate[] }>();
  const at = (time: number) => {
    const known = seconds.get(time) ?? { rows: [], candidates: [] };
    seconds.set(time, known);
    return known;
  };
  for (const row of [...rows].sort(compareRows)) at(row.time).rows.push(row);
  for (const candidate of [...candidates].sort(compareCandidates)) at(Math.floor(candidate.created / SECOND)).candidates.push(candidate);
  let first: Second | undefined;
  let previous: Second | undefined;
  for (const [time, items] of [...seconds].sort(([one], [other]) => one - other)) {
    const second: Second = { time, rows: { items: items.rows, head: 0 }, candidates: { items: items.candidates, head: 0 }, contestedAt: -1, previous, next: undefined };
    if (previous !== undefined) previous.next = second;
    first ??= second;
    previous = second;
  }
  return first;
}

function compareRows(one: StatementRow, other: StatementRow): number {
  if (one.time !== other.time) return one.time - other.time;
  return one.payid < other.payid ? -1 : one.payid > other.payid ? 1 : one.number - other.number;
}

/** At no distance at all, the first candidate takes the first row, and so on. */
function pairWithinSecond(second: Second): readonly Correspondence[] {
  const pairs: Correspondence[] = [];
  const ambiguous = left(second.rows) > 1 || left(second.candidates) > 1;
  for (let row = head(second.rows), candidate = head(second.candidates); row && candidate; row = head(second.rows), candidate = head(second.candidates)) {
    pairs.push({ row, candidate, ambiguous });
    second.rows.head += 1;
    second.candidates.head += 1;
  }
  return pairs;
}

function dropEmpty(first: Second | undefined, propose: (one: Second | undefined, other: Second | undefined) => void): Second | undefined {
  let start = first;
  for (let second = first; second !== undefined; second = second.next) {
    if (!isEmpty(second)) continue;
    if (second === start) start = second.next;
    unlink(second, propose);
  }
  return start;
}

function unlink(second: Second, propose: (one: Second | undefined, other: Second | undefined) => void): void {
  const { previous, next } = second;
  if (previous !== undefined) previous.next = next;
  if (next !== undefined) next.previous = previous;
  propose(previous, next);
}

function proposalOf(one: Second, other: Second): Proposal | undefined {
  const [withRows, withCandidates] = left(one.rows) > 0 ? [one, other] : [other, one];
  const row = head(withRows.rows);
  const candidate = head(withCandidates.candidates);
  return row && candidate && { withRows, withCandidates, row, candidate };
}

/** Rows need no comparison: equally close to one candidate, on one side, they are of one second, whose first row is proposed. */
function compareProposals(one: Proposal, other: Proposal): number {
  const distance = Math.abs(timeDifference(one)) - Math.abs(timeDifference(other));
  if (distance !== 0) return distance;
  const sides = Number(timeDifference(one) < 0) - Number(timeDifference(other) < 0);
  return sides || compareCandidates(one.candidate, other.candidate);
}

/** Seconds from the row to the candidate. */
function timeDifference({ withRows, withCandidates }: Proposal): number {
  return withCandidates.time - withRows.time;
}

/**
 * Whether the row had another candidate as near, or the candidate another row. A choice that an equally close pair took a moment ago
 * counts as well: of two equal payments with two equal candidates neither pair is certain.
 */
function contest(withRows: Second, withCandidates: Second): boolean {
  const distance = Math.abs(withCandidates.time - withRows.time);
  const beyond = (second: Second, neighbour: Second, side: 'rows' | 'candidates') => {
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

function areNeighbours(one: Second, other: Second): boolean {
  return !isEmpty(one) && !isEmpty(other) && (one.next === other || one.previous === other);
}

function isEmpty(second: Second): boolean {
  return left(second.rows) === 0 && left(second.candidates) === 0;
}

function head<Item>(queue: Queue<Item>): Item | undefined {
  return queue.items[queue.head];
}

function left(queue: Queue<unknown>): number {
  return queue.items.length - queue.head;
}
