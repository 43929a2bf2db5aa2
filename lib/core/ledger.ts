import { instantMicros } from './local-time.ts';
import { MINOR_DIGITS, readAmount } from './money.ts';
import type { LedgerSelection, Operator } from './operator.ts';
import { contains, type Period } from './period.ts';
import { normalisePhone } from './phone.ts';
import { cellText, reference } from './reference.ts';

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

/** A ledger transaction in the form in which it is matched. */
export interface Candidate {
  readonly transaction: LedgerTransaction;
  /** Microseconds since 1970. */
  readonly created: number;
  /** Minor units of the operator's currency. */
  readonly amount: number;
  /** `undefined` where the reference is empty: it matches nothing. */
  readonly payid: string | undefined;
  readonly verdict: 'success' | 'not-success' | 'unclassified';
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
export function statusVerdict(status: string): Candidate['verdict'] {
  const word = status.trim().toUpperCase();
  if (SUCCESS.has(word)) return 'success';
  return NOT_SUCCESS.has(word) || NOT_SUCCESS_PREFIX.test(word) ? 'not-success' : 'unclassified';
}

/** Whether a transaction belongs to an operator's reconciliation. */
export function isSelected(transaction: LedgerTransaction, selection: LedgerSelection): boolean {
  const carries = (values: { paymentMethod?: string; merchant?: string; serviceName?: string }) =>
    (values.paymentMethod === undefined || values.paymentMethod === transaction.paymentMethod) &&
    (values.merchant === undefined || values.merchant === transaction.merchant) &&
    (values.serviceName === undefined || values.serviceName === transaction.serviceName);
  return carries(selection) && !selection.exclude.some(carries);
}

/** The candidates of a reconciliation, and how many selected rows of the window could not be one. */
export interface Candidates {
  readonly candidates: readonly Candidate[];
  /** Rows whose amount does not exist in the operator's currency (cents in XOF): left out, and reported. */
  readonly foreign: number;
}

/** The transactions that an operator's reconciliation of a window may use, in the form in which they are matched. */
export function candidatesOf(transactions: Iterable<LedgerTransaction>, operator: Operator, window: Period): Candidates {
  const candidates: Candidate[] = [];
  let foreign = 0;
  for (const transaction of transactions) {
    if (!isSelected(transaction, operator.ledger)) continue;
    const created = instantMicros(transaction.createdAt);
    if (created === undefined || !contains(window, created)) continue;
    const amount = readAmount(transaction.amount, MINOR_DIGITS[operator.currency]);
    if (amount.kind === 'amount') candidates.push(candidateOf(transaction, created, amount.minor, operator));
    else foreign += 1;
  }
  return { candidates, foreign };
}

function candidateOf(transaction: LedgerTransaction, created: number, amount: number, operator: Operator): Candidate {
  return {
    transaction,
    created,
    amount,
    payid: reference(cellText(transaction.payid)),
    verdict: statusVerdict(transaction.status),
    correspondence: operator.correspondenceKey === 'phone' ? normalisePhone(transaction.phone, operator.country) || undefined : reference(cellText(transaction.custom)),
  };
}

/** Order of ledger rows wherever one comes first: by creation, then by transaction id. */
export function compareCandidates(one: Candidate, other: Candidate): number {
  if (one.created !== other.created) return one.created - other.created;
  return one.transaction.transId < other.transaction.transId ? -1 : one.transaction.transId > other.transaction.transId ? 1 : 0;
}
