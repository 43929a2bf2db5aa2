import { type Bridge, bridgeOf } from './bridge.ts';
import { type Candidates, SUCCESS, UNCLASSIFIED } from './candidates.ts';
import type { Absent, Classes, Pair, Totals } from './classes.ts';
import { pairCorrespondents } from './correspondence.ts';
import type { Candidate } from './ledger.ts';
import { MadeList } from './listed.ts';
import { NONE, NumberList } from './number-list.ts';
import { contains, isNearEdge, type Period, widened } from './period.ts';
import { matchReferences, type References } from './references.ts';
import type { StatementRows } from './statement-rows.ts';

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
  const references = matchReferences(rows, candidates, successes);
  const { matched, amountDiffers, statementDuplicates, left } = rowsByClass(rows, candidates, references);
  const claimed = new Uint8Array(candidates.length);
  for (const list of [matched, amountDiffers]) for (let index = 0; index < list.length; index++) claimed[references.candidateOf(list.at(index))] = 1;
  const pairs = (list: NumberList) =>
    new MadeList<Pair>(list.length, (index) => ({ row: rows.at(list.at(index)), candidate: candidates.at(references.candidateOf(list.at(index))) }));
  const classes: Classes = {
    matched: pairs(matched),
    amountDiffers: pairs(amountDiffers),
    statementDuplicates: new MadeList(statementDuplicates.length, (index) => rows.at(statementDuplicates.at(index))),
    ...pairCorrespondents(rows, left, candidates, failures),
    ...unclaimed(candidates, successes, references, claimed, period, marginMinutes),
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

/** Rows by class, ascending; those left over have no success of their reference. */
function rowsByClass(rows: StatementRows, candidates: Candidates, references: References) {
  const lists = { matched: new NumberList(), amountDiffers: new NumberList(), statementDuplicates: new NumberList(), left: new NumberList() };
  for (let row = 0; row < rows.length; row++) {
    const candidate = references.candidateOf(row);
    if (references.isFurtherRow(row)) lists.statementDuplicates.push(row);
    else if (candidate === NONE) lists.left.push(row);
    else if (candidates.amount(candidate) === rows.amount(row)) lists.matched.push(row);
    else lists.amountDiffers.push(row);
  }
  return lists;
}

/** The successes of the period that no statement row claims: duplicates of another success, or absent from the statement. */
function unclaimed(candidates: Candidates, successes: NumberList, references: References, claimed: Uint8Array, period: Period, marginMinutes: number) {
  const duplicates = new NumberList();
  const absent = new NumberList();
  for (let index = 0; index < successes.length; index++) {
    const candidate = successes.at(index);
    if (claimed[candidate] === 1 || !contains(period, candidates.created(candidate))) continue;
    (references.isFurtherCandidate(candidate) ? duplicates : absent).push(candidate);
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
