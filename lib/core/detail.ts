/** The three lists of exceptions that a tache shows. */
export const DETAIL_KINDS = ['correspondent', 'unexplained', 'anomaly'] as const;
export type DetailKind = (typeof DETAIL_KINDS)[number];

/** The statement side of an exception, as the file shows it. */
export interface RowDetail {
  readonly number: number;
  /** ISO 8601 UTC. */
  readonly time: string;
  readonly payid: string;
  readonly amount: string;
  readonly phone: string;
  readonly status: string;
  readonly account: string;
  readonly transId: string;
}

/** The ledger side of an exception. */
export interface TransactionDetail {
  readonly transId: string;
  readonly createdAt: string;
  readonly amount: string;
  readonly phone: string;
  readonly paymentMethod: string;
  readonly status: string;
  readonly payid: string;
  readonly custom: string;
}

export interface CorrespondentDetail {
  readonly id: number;
  readonly row: RowDetail;
  readonly transaction: TransactionDetail;
  readonly ambiguous: boolean;
}

export interface UnexplainedDetail {
  readonly id: number;
  readonly row: RowDetail;
}

export type AnomalyDetail =
  | { readonly type: 'amount-differs'; readonly row: RowDetail; readonly transaction: TransactionDetail }
  | { readonly type: 'statement-duplicate'; readonly row: RowDetail }
  | { readonly type: 'ledger-duplicate'; readonly transaction: TransactionDetail }
  | { readonly type: 'absent'; readonly transaction: TransactionDetail; readonly nearEdge: boolean };

/** All exceptions of a tache, each list in its own order. */
export interface Details {
  readonly correspondents: readonly CorrespondentDetail[];
  readonly unexplained: readonly UnexplainedDetail[];
  readonly anomalies: readonly AnomalyDetail[];
}
