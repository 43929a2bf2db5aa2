import type { Classes, Totals } from './classes.ts';
import type { Listed } from './listed.ts';

/** What one class adds to the difference: signed minor units and signed rows. */
export interface BridgeLine {
  readonly amount: number;
  readonly count: number;
}

/** How the classes explain the whole of the difference between operator and ledger. */
export interface Bridge {
  readonly correspondents: BridgeLine;
  readonly unexplained: BridgeLine;
  readonly statementDuplicates: BridgeLine;
  readonly amountDiffers: BridgeLine;
  readonly ledgerDuplicates: BridgeLine;
  readonly absent: BridgeLine;
  /** What the lines leave unexplained: 0, always. */
  readonly amountResidual: number;
  readonly countResidual: number;
}

/** Builds the bridge from the classes and holds it against totals that were summed without them. */
export function bridgeOf(classes: Classes, totals: Totals): Bridge {
  const lines = {
    correspondents: line(classes.correspondents, 1, ({ row }) => row.amount),
    unexplained: line(classes.unexplained, 1, ({ amount }) => amount),
    statementDuplicates: line(classes.statementDuplicates, 1, ({ amount }) => amount),
    amountDiffers: line(classes.amountDiffers, 0, ({ row, candidate }) => row.amount - candidate.amount),
    ledgerDuplicates: line(classes.ledgerDuplicates, -1, ({ amount }) => -amount),
    absent: line(classes.absent, -1, ({ candidate }) => -candidate.amount),
  };
  const explained = Object.values(lines).reduce((sum, { amount, count }) => ({ amount: sum.amount + amount, count: sum.count + count }), { amount: 0, count: 0 });
  return {
    ...lines,
    amountResidual: totals.amountDifference - explained.amount,
    countResidual: totals.countDifference - explained.count,
  };
}

function line<Item>(items: Listed<Item>, sign: -1 | 0 | 1, amountOf: (item: Item) => number): BridgeLine {
  let amount = 0;
  for (const item of items) amount += amountOf(item);
  return { amount, count: sign * items.length };
}
