import { type Bridge, bridgeOf } from './bridge.ts';
import { type Candidates, HAS_REFERENCE, SUCCESS, UNCLASSIFIED } from './candidates.ts';
import type { Absent, Classes, Pair, Totals } from './classes.ts';
import { pairCorrespondents } from './correspondence.ts';
import type { Candidate } from './ledger.ts';
import { MadeList } from './listed.ts';
import { NumberList } from './number-list.ts';
import { contains, isNearEdge, type Period, widened } from './period.ts';
import type { StatementRows } from './statement-rows.ts';
import { NONE, TextIndex } from './text-index.ts';

export interface Reconciliation {
  readonly classes: Classes;
  readonly totals: Totals;
  readonly bridge: Bridge;
  /** Candidates whose status is a word that the project does not know. */
  readonly unclassified: number;
  /** Ledger rows of the window whose amount does not exist in the operator's currency (cents in XOF): left out, and reported. */
  readonly foreign: number;
}

/**
 * Reconciles the rows of a statement with the ledger rows of its window (the period widened by the margin).
 * @param candidates the operator's ledger rows of any time, in any order
 * @throws Error where the classes do not explain the difference: a defect, never a result
 */
export function reconcile(rows: StatementRows, candidates: Candidates, period: Period, marginMinutes: number): Reconciliation {
  const { successes, failures, unclassified, foreign } = candidatesWithin(candidates, widened(period, marginMinutes));
  const firstSuccesses = firstSuccessPerReference(candidates, successes);
  const { pairs, statementDuplicates, left } = claim(rows, candidates, firstSuccesses);
  const claimed = new Uint8Array(candidates.length);
  for (const list of [pairs.matched, pairs.amountDiffers]) for (let at = 1; at < list.length; at += 2) claimed[list.at(at)] = 1;
  const { correspondents, unexplained } = pairCorrespondents(rows, left, candidates, failures);
  const pairList = (list: NumberList) => new MadeList<Pair>(list.length / 2, (index) => ({ row: rows.at(list.at(2 * index)), candidate: candidates.at(list.at(2 * index + 1)) }));
  const classes: Classes = {
    matched: pairList(pairs.matched),
    amountDiffers: pairList(pairs.amountDiffers),
    statementDuplicates: new MadeList(statementDuplicates.length, (index) => rows.at(statementDuplicates.at(index))),
    correspondents,
    unexplained,
    ...unclaimed(candidates, successes, firstSuccesses, claimed, period, marginMinutes),
  };
  const totals = totalsOf(
    rows,
    candidates,
    successes.filter((candidate) => claimed[candidate] === 1 || contains(period, candidates.created(candidate))),
  );
  const bridge = bridgeOf(classes, totals);
  if (bridge.amountResidual !== 0 || bridge.countResidual !== 0) {
    throw new Error(`the classes leave ${bridge.amountResidual} minor units and ${bridge.countResidual} rows unexplained`);
  }
  return { classes, totals, bridge, unclassified, foreign };
}

/** The candidates of the window, by what the ledger says of them. */
function candidatesWithin(candidates: Candidates, window: Period) {
  const successes = new NumberList();
  const failures = new NumberList();
  let unclassified = 0;
  let foreign = 0;
  for (let row = 0; row < candidates.length; row++) {
    if (!candidates.isIn(row) || !contains(window, candidates.created(row))) continue;
    if (Number.isNaN(candidates.amount(row))) {
      foreign += 1;
      continue;
    }
    if (candidates.is(row, UNCLASSIFIED)) unclassified += 1;
    (candidates.is(row, SUCCESS) ? successes : failures).push(row);
  }
  return { successes, failures, unclassified, foreign };
}

/** The earliest success of each reference, then by transaction id. */
function firstSuccessPerReference(candidates: Candidates, successes: NumberList): TextIndex {
  const first = new TextIndex(candidates.payids, successes.length);
  for (let index = 0; index < successes.length; index++) {
    const candidate = successes.at(index);
    if (!candidates.is(candidate, HAS_REFERENCE)) continue;
    const known = first.enter(candidate);
    if (known !== NONE && candidates.comesBefore(candidate, known)) first.replace(known, candidate);
  }
  return first;
}

/** Each row that is not a further one of its reference takes the first success that has it. Pairs stand as row, candidate, row, … */
function claim(rows: StatementRows, candidates: Candidates, firstSuccesses: TextIndex) {
  const isDuplicate = duplicatesOf(rows);
  const matched = new NumberList();
  const amountDiffers = new NumberList();
  const statementDuplicates = new NumberList();
  const left = new NumberList();
  for (let row = 0; row < rows.length; row++) {
    if (isDuplicate[row] === 1) {
      statementDuplicates.push(row);
      continue;
    }
    const candidate = rows.hasReference(row) ? firstSuccesses.find(rows.payids, row) : NONE;
    if (candidate === NONE) {
      left.push(row);
      continue;
    }
    const list = candidates.amount(candidate) === rows.amount(row) ? matched : amountDiffers;
    list.push(row);
    list.push(candidate);
  }
  return { pairs: { matched, amountDiffers }, statementDuplicates, left };
}

/** Marks all but the first row of each reference: the earliest, then the one of the smaller amount, then the first of the file. */
function duplicatesOf(rows: StatementRows): Uint8Array {
  const isDuplicate = new Uint8Array(rows.length);
  const firstRows = new TextIndex(rows.payids, rows.length);
  for (let row = 0; row < rows.length; row++) {
    if (!rows.hasReference(row)) continue;
    const known = firstRows.enter(row);
    if (known === NONE) continue;
    const isFirst = isBefore(rows, row, known);
    if (isFirst) firstRows.replace(known, row);
    isDuplicate[isFirst ? known : row] = 1;
  }
  return isDuplicate;
}

function isBefore(rows: StatementRows, one: number, other: number): boolean {
  return (rows.time(one) - rows.time(other) || rows.amount(one) - rows.amount(other) || rows.number(one) - rows.number(other)) < 0;
}

/** The successes of the period that no statement row claims: duplicates of another success, or absent from the statement. */
function unclaimed(candidates: Candidates, successes: NumberList, firstSuccesses: TextIndex, claimed: Uint8Array, period: Period, marginMinutes: number) {
  const duplicates = new NumberList();
  const absent = new NumberList();
  for (let index = 0; index < successes.length; index++) {
    const candidate = successes.at(index);
    if (claimed[candidate] === 1 || !contains(period, candidates.created(candidate))) continue;
    const isFirst = !candidates.is(candidate, HAS_REFERENCE) || firstSuccesses.find(candidates.payids, candidate) === candidate;
    (isFirst ? absent : duplicates).push(candidate);
  }
  return {
    ledgerDuplicates: new MadeList<Candidate>(duplicates.length, (index) => candidates.at(duplicates.at(index))),
    absent: new MadeList<Absent>(absent.length, (index) => {
      const candidate = candidates.at(absent.at(index));
      return { candidate, nearEdge: isNearEdge(period, candidate.created, marginMinutes) };
    }),
  };
}

function totalsOf(rows: StatementRows, candidates: Candidates, successes: NumberList): Totals {
  let operatorAmount = 0;
  for (let row = 0; row < rows.length; row++) operatorAmount += rows.amount(row);
  let ledgerAmount = 0;
  for (let index = 0; index < successes.length; index++) ledgerAmount += candidates.amount(successes.at(index));
  if (!Number.isSafeInteger(operatorAmount) || !Number.isSafeInteger(ledgerAmount)) throw new RangeError('a total exceeds exact integers');
  return {
    operatorAmount,
    ledgerAmount,
    amountDifference: operatorAmount - ledgerAmount,
    operatorCount: rows.length,
    ledgerCount: successes.length,
    countDifference: rows.length - successes.length,
  };
}
