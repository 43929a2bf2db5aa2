import type { Candidate } from '../../lib/core/ledger.ts';
import type { Reconciliation } from '../../lib/core/matching.ts';
import type { StatementRow } from '../../lib/core/statement-rows.ts';

const ofRow = ({ number }: StatementRow) => number;
const ofCandidate = ({ transaction }: Candidate) => transaction.transId;
const ofPair = ({ row, candidate }: { readonly row: StatementRow; readonly candidate: Candidate }) => `${ofRow(row)}-${ofCandidate(candidate)}`;

/** The classes that are not empty: rows by number, transactions by id, pairs as `0-T1`; `!` marks what is ambiguous or near an edge. */
export function named({ classes }: Reconciliation): Readonly<Record<string, readonly (string | number)[]>> {
  const all: Readonly<Record<keyof typeof classes, readonly (string | number)[]>> = {
    matched: classes.matched.map(ofPair),
    amountDiffers: classes.amountDiffers.map(ofPair),
    statementDuplicates: classes.statementDuplicates.map(ofRow),
    ledgerDuplicates: classes.ledgerDuplicates.map(ofCandidate),
    correspondents: classes.correspondents.map((pair) => ofPair(pair) + (pair.ambiguous ? '!' : '')),
    unexplained: classes.unexplained.map(ofRow),
    absent: classes.absent.map(({ candidate, nearEdge }) => ofCandidate(candidate) + (nearEdge ? '!' : '')),
  };
  return Object.fromEntries(Object.entries(all).filter(([, list]) => list.length > 0));
}
