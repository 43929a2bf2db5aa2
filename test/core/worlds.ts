import fc from 'fast-check';
import { candidatesOf } from '../../lib/core/candidates.ts';
import type { LedgerTransaction } from '../../lib/core/ledger.ts';
import { microsInstant } from '../../lib/core/local-time.ts';
import { type Reconciliation, reconcile } from '../../lib/core/matching.ts';
import type { Operator } from '../../lib/core/operator.ts';
import type { Period } from '../../lib/core/period.ts';
import { type StatementRow, StatementRows } from '../../lib/core/statement-rows.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import type { PlainPeriod, PlainRow, PlainTransaction } from './oracle.ts';

/** A few statement rows and ledger rows that have most of their values in common. */
export interface World {
  readonly rows: readonly PlainRow[];
  readonly transactions: readonly PlainTransaction[];
}

const MICROS = 1_000_000;

/** Minutes 1, 2 and 3 of 1970, with a margin of one minute: small numbers read well in a counterexample. */
export const PERIOD: Period = { from: 60 * MICROS, until: 240 * MICROS };
export const MARGIN_MINUTES = 1;
export const PLAIN_PERIOD: PlainPeriod = { first: PERIOD.from, last: PERIOD.until - 1, marginMinutes: MARGIN_MINUTES };

const phone = fc.constantFrom('2250700000001', '2250500000002', '2250100000003');
const amount = fc.constantFrom(100, 200, -100);
const crowdedSecond = fc.integer({ min: 140, max: 156 });
const edgeSecond = fc.constantFrom(-1, 0, 1, 59, 60, 61, 119, 120, 179, 180, 239, 240, 299, 300);
const fraction = fc.constantFrom(0, 0, 1, 500_000, 999_999);
const payid = fc.constantFrom('A', 'B', 'C', 'D', 'a', 'A1', '-', 'NULL', 'null');
const status = fc.constantFrom('SUCCES', 'SUCCES', 'succes ', 'ACCEPTED', 'Success', 'FAILED', 'PENDING', '', 'MYSTERE');
const most = { maxLength: 14 } as const;

const row = fc.record({ second: fc.oneof({ weight: 5, arbitrary: crowdedSecond }, edgeSecond), payid, amount, key: phone });
const transaction = fc.record({
  micros: fc.tuple(fc.oneof({ weight: 3, arbitrary: crowdedSecond }, edgeSecond), fraction).map(([seconds, part]) => seconds * MICROS + part),
  payid: fc.oneof({ weight: 3, arbitrary: payid }, fc.constant('')),
  amount,
  status,
  key: fc.oneof({ weight: 9, arbitrary: phone }, fc.constant('')),
});

/** Worlds where everything may collide. */
export const worlds: fc.Arbitrary<World> = worldsOf(row, transaction);

/** Worlds of one customer, one amount and no references: nothing but closeness decides. */
export const contests: fc.Arbitrary<World> = worldsOf(
  row.map((drawn) => ({ ...drawn, key: '2250700000001', amount: 100, payid: '-' })),
  transaction.map((drawn) => ({ ...drawn, key: '2250700000001', amount: 100, status: 'FAILED' })),
);

function worldsOf(rowArbitrary: fc.Arbitrary<Omit<PlainRow, 'number'>>, transactionArbitrary: fc.Arbitrary<Omit<PlainTransaction, 'id'>>): fc.Arbitrary<World> {
  const ids = fc.shuffledSubarray([...'ABCDEFGHIJKLMNOP'], { minLength: 16 });
  return fc.record({ rows: fc.array(rowArbitrary, most), transactions: fc.array(transactionArbitrary, most), ids }).map((drawn) => ({
    rows: drawn.rows.map((item, number) => ({ ...item, number })),
    transactions: drawn.transactions.map((item, index) => ({ ...item, id: `T${drawn.ids[index] ?? index}` })),
  }));
}

/** How the core reconciles a world, for an operator with phones or for one without. */
export function reconciled({ rows, transactions }: World, kind: 'phone' | 'transId' = 'phone'): Reconciliation {
  const operator = kind === 'phone' ? operatorNamed('OMCI') : operatorNamed('DDVAVISA');
  const candidates = candidatesOf(
    transactions.map((plain) => ledgerTransaction(plain, operator)),
    operator,
  );
  return reconcile(
    StatementRows.from(
      rows.map((plain) => statementRow(plain, kind)),
      operator.country,
    ),
    candidates,
    PERIOD,
    MARGIN_MINUTES,
  );
}

function statementRow({ number, second, payid: reference, amount: minor, key }: PlainRow, kind: 'phone' | 'transId'): StatementRow {
  return {
    number,
    time: second,
    payid: reference,
    amount: minor,
    phone: kind === 'phone' ? key : '',
    transId: kind === 'phone' ? '' : key,
    shown: { amount: String(minor), phone: key, status: 'SUCCES', account: '' },
  };
}

function ledgerTransaction({ id, micros, payid: reference, amount: minor, status: word, key }: PlainTransaction, operator: Operator): LedgerTransaction {
  return {
    transId: id,
    createdAt: microsInstant(micros),
    paymentDate: '',
    merchant: 'BOUTIQUE A',
    merchantEmail: '',
    serviceName: 'SHOP',
    siteId: '1',
    amount: String(minor),
    currency: 'XOF',
    paymentMethod: operator.ledger.paymentMethod,
    phone: operator.correspondenceKey === 'phone' ? key : '',
    status: word,
    payid: reference,
    custom: operator.correspondenceKey === 'phone' ? '' : key,
  };
}
