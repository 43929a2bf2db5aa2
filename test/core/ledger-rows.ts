import { candidatesOf } from '../../lib/core/candidates.ts';
import type { Candidate, LedgerTransaction } from '../../lib/core/ledger.ts';
import { type Reconciliation, reconcile } from '../../lib/core/matching.ts';
import type { Operator } from '../../lib/core/operator.ts';
import { contains, type PeriodBounds, periodOf, widened } from '../../lib/core/period.ts';
import { StatementRows } from '../../lib/core/statement-rows.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { orangeRow, readObjects } from './reading.ts';

export const DAY: PeriodBounds = { start: '2026-03-07T00:00', end: '2026-03-07T23:59' };

/** A success of Orange CI of noon on 2026-03-07, with some values changed. */
export function transaction(changes: Partial<LedgerTransaction> = {}): LedgerTransaction {
  return {
    transId: 'T1',
    createdAt: '2026-03-07T12:00:00Z',
    paymentDate: '',
    merchant: 'BOUTIQUE A',
    merchantEmail: '',
    serviceName: 'SHOP',
    siteId: '1',
    amount: '5000',
    currency: 'XOF',
    paymentMethod: 'OM',
    phone: '0707123456',
    status: 'SUCCES',
    payid: 'PP1',
    custom: '',
    ...changes,
  };
}

/** A failed transaction of the same customer and amount, `seconds` after noon. */
export function failed(seconds: number, changes: Partial<LedgerTransaction> = {}): LedgerTransaction {
  return transaction({ status: 'FAILED', payid: '', createdAt: noonAfter(seconds), ...changes });
}

/** ISO instant of noon on 2026-03-07 and some seconds, which may have a fraction. */
export function noonAfter(seconds: number): string {
  return new Date(Date.UTC(2026, 2, 7, 12) + Math.round(seconds * 1_000)).toISOString();
}

/** A row of Orange CI, `seconds` after noon. */
export function paid(seconds: number, changes: Parameters<typeof orangeRow>[0] = {}) {
  return orangeRow({ Heure: noonAfter(seconds).slice(11, 19), ...changes });
}

export function candidates(transactions: readonly LedgerTransaction[], operator: Operator = operatorNamed('OMCI'), bounds: PeriodBounds = DAY): readonly Candidate[] {
  const window = widened(periodIn(bounds, operator), operator.marginMinutes);
  return candidatesOf(transactions, operator).filter(({ created }) => contains(window, created));
}

/** Reconciles statement row objects with transactions within a day. */
export function match(rows: readonly object[], transactions: readonly LedgerTransaction[], operator: Operator = operatorNamed('OMCI'), bounds: PeriodBounds = DAY): Reconciliation {
  const statement = rows.length === 0 ? new StatementRows(operator.country) : readObjects(operator, rows).rows;
  return reconcile(statement, candidatesOf(transactions, operator), periodIn(bounds, operator), operator.marginMinutes);
}

function periodIn(bounds: PeriodBounds, operator: Operator) {
  const period = periodOf(bounds, operator.timeZone, undefined);
  if (period === undefined) throw new Error('both bounds are needed');
  return period;
}
