/**
 * Why a row is set aside: `-` in place of a credit; a status that is no success, or one that the operator's words do not know; money that
 * goes out; another type of row than the ones that count.
 */
export const SET_ASIDE_REASONS = ['no-credit', 'not-successful', 'unclassified', 'debit', 'other-type'] as const;
export type SetAsideReason = (typeof SET_ASIDE_REASONS)[number];

/** A row that is neither bad nor counted. */
export interface SetAsideRow {
  readonly number: number;
  readonly reason: SetAsideReason;
  /** The cells as the file shows them; `''` where it has none. */
  readonly payid: string;
  readonly status: string;
  readonly amount: string;
  readonly phone: string;
}

/** How many rows are set aside for each reason. */
export function setAsideCounts(rows: readonly SetAsideRow[]): Readonly<Record<SetAsideReason, number>> {
  const counts: Record<SetAsideReason, number> = { 'no-credit': 0, 'not-successful': 0, unclassified: 0, debit: 0, 'other-type': 0 };
  for (const { reason } of rows) counts[reason] += 1;
  return counts;
}
