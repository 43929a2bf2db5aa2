import type { Totals } from './classes.ts';

/** A validation of a tache: who accepted its correspondents, but for those excluded, and what came of it. */
export interface Validation {
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Ids of correspondents that must not become successes. */
  readonly excluded: readonly number[];
  /** Why, in the words of whoever validated. */
  readonly reason?: string | undefined;
  /** Who agreed before, where the sum asks for two. */
  readonly firstVisa?: { readonly by: string; readonly at: string } | undefined;
  readonly result?: ValidationResult | undefined;
}

export interface ValidationResult {
  /** The totals of the tache with the applied transactions among the ledger's successes. */
  readonly totals: Totals;
  /** Correspondents whose transaction is a success of this tache now. */
  readonly reconciled: number;
  /** Rows that stay open: unexplained, excluded and conflicting ones. */
  readonly notReconciled: number;
  /** Transactions that became successes by another way in the meantime. */
  readonly conflicts: number;
  readonly finishedAt: string;
}

/** What was applied: amounts in minor units. */
export interface AppliedCorrespondents {
  readonly count: number;
  readonly amount: number;
}

/** The totals once some transactions have become successes: they were in the window, and statement rows claim them. */
export function totalsAfter(totals: Totals, applied: AppliedCorrespondents): Totals {
  const ledgerAmount = totals.ledgerAmount + applied.amount;
  const ledgerCount = totals.ledgerCount + applied.count;
  return {
    ...totals,
    ledgerAmount,
    ledgerCount,
    amountDifference: totals.operatorAmount - ledgerAmount,
    countDifference: totals.operatorCount - ledgerCount,
  };
}
