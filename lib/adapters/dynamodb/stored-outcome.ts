import * as z from 'zod';

const line = z.object({ amount: z.int(), count: z.int() });
const count = z.int().nonnegative();

const totals = z.object({
  operatorAmount: z.int(),
  ledgerAmount: z.int(),
  amountDifference: z.int(),
  operatorCount: count,
  ledgerCount: count,
  countDifference: z.int(),
});

/** The result of a run as a tache holds it. */
export const storedOutcome = z.object({
  totals,
  bridge: z.object({
    correspondents: line,
    unexplained: line,
    statementDuplicates: line,
    amountDiffers: line,
    ledgerDuplicates: line,
    absent: line,
    amountResidual: z.int(),
    countResidual: z.int(),
  }),
  counts: z.object({
    matched: count,
    amountDiffers: count,
    statementDuplicates: count,
    ledgerDuplicates: count,
    correspondents: count,
    unexplained: count,
    absent: count,
    nearEdge: count,
    ambiguous: count,
    unclassified: count,
    read: count,
    setAside: count,
    bad: count,
    skipped: count,
    foreign: count,
  }),
  edition: z.string().default(''),
});

/** A validation as a tache holds it. */
export const storedValidation = z.object({
  by: z.string(),
  at: z.string(),
  excluded: z.array(z.int()),
  reason: z.string().optional(),
  firstVisa: z.object({ by: z.string(), at: z.string() }).optional(),
  result: z.object({ totals, reconciled: count, notReconciled: count, conflicts: count, finishedAt: z.string() }).optional(),
});
