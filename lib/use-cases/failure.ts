import type { StatementRefusal } from '../core/statement-refusal.ts';

/** Everything a caller can be told instead of an answer. `detail` is French: people read it. */
export type FailureReason =
  | { readonly code: 'invalid-request'; readonly detail: string; readonly errors?: FieldErrors }
  /** The old system's body: the texts of each field, nothing around them. */
  | { readonly code: 'refused-fields'; readonly errors: FieldErrors }
  | { readonly code: 'invalid-grant'; readonly detail: string }
  /** Not an application of ours, or not its secret. */
  | { readonly code: 'invalid-client'; readonly detail: string }
  | { readonly code: 'token-refused'; readonly error: TokenRefusal; readonly detail: string }
  | { readonly code: 'unauthenticated' }
  | { readonly code: 'forbidden'; readonly detail: string }
  | { readonly code: 'not-found'; readonly detail: string }
  /** What is asked for does not go with what is there. */
  | { readonly code: 'conflict'; readonly detail: string }
  | { readonly code: 'too-large'; readonly detail: string }
  | { readonly code: 'unknown-operator' }
  | { readonly code: 'already-processed'; readonly owner: string; readonly tacheId: number }
  | { readonly code: 'statement-refused'; readonly refusal: StatementRefusal }
  | { readonly code: 'file-unreadable'; readonly detail: string };

/** What else may be wrong with a request for a token, in the words of RFC 6749, section 5.2. */
export type TokenRefusal = 'invalid_request' | 'unauthorized_client' | 'unsupported_grant_type' | 'invalid_scope';

/** French texts by field. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

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

/** The value that was looked for. @throws Failure where there is none */
export function found<Value>(value: Value | undefined, detail: string): Value {
  if (value === undefined) throw new Failure({ code: 'not-found', detail });
  return value;
}
