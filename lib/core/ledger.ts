import type { LedgerSelection } from './operator.ts';

/** One transaction of the CinetPay ledger, as it was taken in. */
export interface LedgerTransaction {
  readonly transId: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  readonly paymentDate: string;
  readonly merchant: string;
  readonly merchantEmail: string;
  readonly serviceName: string;
  readonly siteId: string;
  /** Text in the currency's main unit. */
  readonly amount: string;
  readonly currency: string;
  readonly paymentMethod: string;
  /** A number where the source held one: it may have lost its leading zeros. */
  readonly phone: string | number;
  readonly status: string;
  readonly payid: string;
  readonly custom: string;
}

/** What a reconciliation uses of a transaction. */
export type WindowTransaction = Omit<LedgerTransaction, 'merchantEmail' | 'siteId' | 'currency'>;

/** What a ledger status says. */
export type Verdict = 'success' | 'not-success' | 'unclassified';

/** What is told of a transaction that a reconciliation names. */
export type NamedTransaction = Pick<LedgerTransaction, 'transId' | 'createdAt' | 'amount' | 'phone' | 'paymentMethod' | 'status' | 'payid' | 'custom'>;

/** A ledger transaction in the form in which it is matched. */
export interface Candidate {
  readonly transaction: NamedTransaction;
  /** Microseconds since 1970. */
  readonly created: number;
  /** Minor units of the operator's currency. */
  readonly amount: number;
  /** `undefined` where the reference is empty: it matches nothing. */
  readonly payid: string | undefined;
  readonly verdict: Verdict;
  /** What a statement row left over is compared with: phone or custom reference; `undefined` matches nothing. */
  readonly correspondence: string | undefined;
}

const SUCCESS = new Set(['SUCCES', 'SUCCESS', 'ACCEPTED']);
const NOT_SUCCESS = new Set([
  '',
  'FAILED',
  'FAILURE',
  'FAIL',
  'INSUCCES',
  'ECHEC',
  'CANCELLED',
  'CANCELED',
  'ANNULE',
  'REFUSED',
  'REJECTED',
  'DECLINED',
  'PENDING',
  'INITIATED',
  'CREATED',
  'WAITING',
  'PROCESSING',
  'EXPIRED',
  'TIMEOUT',
  'ABANDONED',
]); // prettier-ignore
const NOT_SUCCESS_PREFIX = /^(ERROR|WAITING|PENDING|TRANSACTION)_/u;

/** What a ledger status says. A word that the project does not know is not a success, and is counted apart. */
export function statusVerdict(status: string): Verdict {
  const word = status.trim().toUpperCase();
  if (SUCCESS.has(word)) return 'success';
  return NOT_SUCCESS.has(word) || NOT_SUCCESS_PREFIX.test(word) ? 'not-success' : 'unclassified';
}

/** Whether a transaction belongs to an operator's reconciliation. */
export function isSelected(transaction: WindowTransaction, selection: LedgerSelection): boolean {
  const carries = (values: { paymentMethod?: string; merchant?: string; serviceName?: string }) =>
    (values.paymentMethod === undefined || values.paymentMethod === transaction.paymentMethod) &&
    (values.merchant === undefined || values.merchant === transaction.merchant) &&
    (values.serviceName === undefined || values.serviceName === transaction.serviceName);
  return carries(selection) && !selection.exclude.some(carries);
}

/** Order of ledger rows wherever one comes first: by creation, then by transaction id. */
export function compareCandidates(one: Candidate, other: Candidate): number {
  if (one.created !== other.created) return one.created - other.created;
  const { transId } = one.transaction;
  return transId < other.transaction.transId ? -1 : transId > other.transaction.transId ? 1 : 0;
}
