import type { CandidateParts } from '../core/candidates.ts';
import type { RejectedTransaction } from '../core/ledger-intake.ts';
import type { Operator } from '../core/operator.ts';

/** What a thread that reads a ledger file is told. */
export interface LedgerThreadSettings {
  readonly path: string;
  readonly operator: Operator;
}

/** What it tells. */
export type LedgerMessage =
  | { readonly kind: 'rows'; readonly rows: number; readonly fraction: number | undefined }
  /** French. */
  | { readonly kind: 'unreadable'; readonly detail: string }
  | { readonly kind: 'read'; readonly headerFound: boolean; readonly count: number; readonly rejected: readonly RejectedTransaction[]; readonly parts: CandidateParts };
