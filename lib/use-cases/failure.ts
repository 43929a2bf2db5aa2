import type { StatementRefusal } from '../core/statement-refusal.ts';

/** Everything a caller can be told instead of an answer. `detail` is French: people read it. */
export type FailureReason =
  | { readonly code: 'invalid-request'; readonly detail: string; readonly errors?: Readonly<Record<string, readonly string[]>> }
  | { readonly code: 'invalid-grant'; readonly detail: string }
  | { readonly code: 'not-found'; readonly detail: string }
  | { readonly code: 'too-large'; readonly detail: string }
  | { readonly code: 'unknown-operator' }
  | { readonly code: 'already-processed'; readonly owner: string; readonly tacheId: number }
  | { readonly code: 'statement-refused'; readonly refusal: StatementRefusal }
  | { readonly code: 'statement-unreadable'; readonly detail: string };

export type FailureCode = FailureReason['code'];

/** A request that cannot be answered as asked: the caller's to mend, not ours. */
export class Failure extends Error {
  readonly reason: FailureReason;

  constructor(reason: FailureReason) {
    super(reason.code);
    this.name = 'Failure';
    this.reason = reason;
  }
}
