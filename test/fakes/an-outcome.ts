import type { TacheCounts, TacheOutcome } from '../../lib/core/tache.ts';

const LINE = { amount: 0, count: 0 };

/** A result of nothing, with the counts that a test wants. */
export function anOutcome(counts: Partial<TacheCounts> = {}, changes: Partial<TacheOutcome> = {}): TacheOutcome {
  return {
    totals: { operatorAmount: 0, ledgerAmount: 0, amountDifference: 0, operatorCount: 0, ledgerCount: 0, countDifference: 0 },
    bridge: {
      correspondents: LINE,
      unexplained: LINE,
      statementDuplicates: LINE,
      amountDiffers: LINE,
      ledgerDuplicates: LINE,
      absent: LINE,
      amountResidual: 0,
      countResidual: 0,
    },
    counts: {
      matched: 0,
      amountDiffers: 0,
      statementDuplicates: 0,
      ledgerDuplicates: 0,
      correspondents: 0,
      unexplained: 0,
      absent: 0,
      nearEdge: 0,
      ambiguous: 0,
      unclassified: 0,
      read: 0,
      setAside: 0,
      bad: 0,
      skipped: 0,
      foreign: 0,
      ...counts,
    },
    edition: 'e1',
    ...changes,
  };
}
