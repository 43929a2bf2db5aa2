import { type Bridge, bridgeOf } from './bridge.ts';
import { type Correspondence, pairCorrespondents } from './correspondence.ts';
import { type Candidate, compareCandidates } from './ledger.ts';
import { contains, isNearEdge, type Period } from './period.ts';
import { rowReference, type StatementRow } from './statement.ts';

/** A statement row and the successful transaction that has its reference. */
export interface Pair {
  readonly row: StatementRow;
  readonly candidate: Candidate;
}

/** A successful transaction that the operator does not have. */
export interface Absent {
  readonly candidate: Candidate;
  /** Within the margin of either end of the period: perhaps only a matter of timing. */
  readonly nearEdge: boolean;
}

/** Every statement row and every successful ledger row in exactly one class. */
export interface Classes {
  readonly matched: readonly Pair[];
  readonly amountDiffers: readonly Pair[];
  readonly statementDuplicates: readonly StatementRow[];
  readonly ledgerDuplicates: readonly Candidate[];
  readonly correspondents: readonly Correspondence[];
  readonly unexplained: readonly StatementRow[];
  readonly absent: readonly Absent[];
}

/** Amounts are exact integers in minor units. Differences are operator − CinetPay. */
export interface Totals {
  readonly operatorAmount: number;
  readonly ledgerAmount: number;
  readonly amountDifference: number;
  readonly operatorCount: number;
  readonly ledgerCount: number;
  readonly countDifference: number;
}

export interface Reconciliation {
  readonly classes: Classes;
  readonly totals: Totals;
  readonly bridge: Bridge;
  /** Candidates whose status is a word that the project does not know. */
  readonly unclassified: number;
}

/**
 * Reconciles the rows of a statement with the candidates of its window.
 * @param candidates selected ledger rows created in the window (the period widened by the margin), in any order
 * @throws Error where the classes do not explain the difference: a defect, never a result
 */
export function reconcile(rows: readonly StatementRow[], candidates: readonly Candidate[], period: Period, marginMinutes: number): Reconciliation {
  const successes = candidates.filter(({ verdict }) => verdict === 'success');
  const statementDuplicates = duplicatesOf(rows);
  const firstSuccesses = firstSuccessPerReference(successes);
  const matched: Pair[] = [];
  const amountDiffers: Pair[] = [];
  const left: StatementRow[] = [];
  const claimed = new Set<Candidate>();
  const duplicates = new Set(statementDuplicates);
  for (const row of rows) {
    if (duplicates.has(row)) continue;
    const payid = rowReference(row);
    const candidate = payid === undefined ? undefined : firstSuccesses.get(payid);
    if (candidate === undefined) {
      left.push(row);
      continue;
    }
    claimed.add(candidate);
    (candidate.amount === row.amount ? matched : amountDiffers).push({ row, candidate });
  }
  const { correspondents, unexplained } = pairCorrespondents(
    left,
    candidates.filter(({ verdict }) => verdict !== 'success'),
  );
  const { ledgerDuplicates, absent } = unclaimed(successes, firstSuccesses, claimed, period, marginMinutes);
  const classes = { matched, amountDiffers, statementDuplicates, ledgerDuplicates, correspondents, unexplained, absent };
  const totals = totalsOf(
    rows,
    successes.filter((candidate) => claimed.has(candidate) || contains(period, candidate.created)),
  );
  const bridge = bridgeOf(classes, totals);
  if (bridge.amountResidual !== 0 || bridge.countResidual !== 0) {
    throw new Error(`the classes leave ${bridge.amountResidual} minor units and ${bridge.countResidual} rows unexplained`);
  }
  return { classes, totals, bridge, unclassified: candidates.filter(({ verdict }) => verdict === 'unclassified').length };
}

/** All but the first row of each reference: the earliest, then the one of the smaller amount, then the first of the file. */
function duplicatesOf(rows: readonly StatementRow[]): readonly StatementRow[] {
  const firstRows = new Map<string, StatementRow>();
  const statementDuplicates: StatementRow[] = [];
  for (const row of rows) {
    const payid = rowReference(row);
    if (payid === undefined) continue;
    const known = firstRows.get(payid);
    if (known === undefined || isBefore(row, known)) firstRows.set(payid, row);
    if (known !== undefined) statementDuplicates.push(isBefore(row, known) ? known : row);
  }
  return statementDuplicates;
}

function isBefore(row: StatementRow, other: StatementRow): boolean {
  return (row.time - other.time || row.amount - other.amount || row.number - other.number) < 0;
}

/** The earliest success of each reference, then by transaction id. */
function firstSuccessPerReference(successes: readonly Candidate[]): ReadonlyMap<string, Candidate> {
  const first = new Map<string, Candidate>();
  for (const candidate of successes) {
    if (candidate.payid === undefined) continue;
    const known = first.get(candidate.payid);
    if (known === undefined || compareCandidates(candidate, known) < 0) first.set(candidate.payid, candidate);
  }
  return first;
}

/** The successes of the period that no statement row claims: duplicates of another success, or absent from the statement. */
function unclaimed(successes: readonly Candidate[], firstSuccesses: ReadonlyMap<string, Candidate>, claimed: ReadonlySet<Candidate>, period: Period, marginMinutes: number) {
  const ledgerDuplicates: Candidate[] = [];
  const absent: Absent[] = [];
  for (const candidate of successes) {
    if (claimed.has(candidate) || !contains(period, candidate.created)) continue;
    const isFirst = candidate.payid === undefined || firstSuccesses.get(candidate.payid) === candidate;
    if (isFirst) absent.push({ candidate, nearEdge: isNearEdge(period, candidate.created, marginMinutes) });
    else ledgerDuplicates.push(candidate);
  }
  return { ledgerDuplicates, absent };
}

function totalsOf(rows: readonly StatementRow[], successes: readonly Candidate[]): Totals {
  const operatorAmount = sum(rows);
  const ledgerAmount = sum(successes);
  return {
    operatorAmount,
    ledgerAmount,
    amountDifference: operatorAmount - ledgerAmount,
    operatorCount: rows.length,
    ledgerCount: successes.length,
    countDifference: rows.length - successes.length,
  };
}

function sum(items: readonly { readonly amount: number }[]): number {
  const total = items.reduce((running, { amount }) => running + amount, 0);
  if (!Number.isSafeInteger(total)) throw new RangeError('a total exceeds exact integers');
  return total;
}
