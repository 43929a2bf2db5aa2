import type { Correspondence } from './correspondence.ts';
import type { Candidate } from './ledger.ts';
import type { Listed } from './listed.ts';
import type { StatementRow } from './statement-rows.ts';

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

/** Every statement row and every successful ledger row in exactly one class. Lists of rows are in the order of the file. */
export interface Classes {
  readonly matched: Listed<Pair>;
  readonly amountDiffers: Listed<Pair>;
  readonly statementDuplicates: Listed<StatementRow>;
  readonly ledgerDuplicates: Listed<Candidate>;
  readonly correspondents: Listed<Correspondence>;
  readonly unexplained: Listed<StatementRow>;
  readonly absent: Listed<Absent>;
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
