/** Out of all statement rows, the share that is made for each purpose; the rest is matched. */
export interface RowShares {
  readonly amountDiffers: number;
  /** Repeats the row before it; takes effect after a matched row only. */
  readonly statementDuplicate: number;
  /** Paid, with failed transactions of the same customer and amount, one of them nearest. */
  readonly correspondent: number;
  /** A second payment of the same customer and amount; takes effect after a correspondent only. */
  readonly twin: number;
  /** Two failed transactions equally near: the pair is ambiguous. */
  readonly tie: number;
  readonly unexplained: number;
  /** A row whose reference is `-` or `NULL`. */
  readonly noReference: number;
  /** A lone `-` as amount. */
  readonly noCredit: number;
  /** A negative amount. */
  readonly reversal: number;
  /** Its success was created in the margin, outside the period. */
  readonly inMargin: number;
  /** Its success was created outside the window: unexplained. */
  readonly outsideWindow: number;
}

/** Ledger transactions beside those that rows are made with, as a share of the statement rows. */
export interface LedgerShares {
  readonly absent: number;
  /** A second success under a reference of the statement. */
  readonly ledgerDuplicate: number;
  /** A failed try of a payment that succeeded. */
  readonly failedTry: number;
  /** A success of the margin that no row claims: in no class. */
  readonly marginOnly: number;
  /** A success outside the window: not a candidate. */
  readonly outside: number;
  /** Of another operator, or left out by an exclude clause. */
  readonly foreign: number;
}

export type Shares = RowShares & LedgerShares;

export const DEFAULT_SHARES = {
  amountDiffers: 0.03,
  statementDuplicate: 0.05,
  correspondent: 0.08,
  twin: 0.03,
  tie: 0.01,
  unexplained: 0.04,
  noReference: 0.01,
  noCredit: 0.03,
  reversal: 0.005,
  inMargin: 0.01,
  outsideWindow: 0.01,
  absent: 0.05,
  ledgerDuplicate: 0.03,
  failedTry: 0.1,
  marginOnly: 0.01,
  outside: 0.01,
  foreign: 0.04,
} as const satisfies Shares;
