import type { RowDetail, TransactionDetail } from './detail.ts';
import { isSelected, type LedgerTransaction, statusVerdict, type WindowTransaction } from './ledger.ts';
import { instantMicros } from './local-time.ts';
import { MINOR_DIGITS, readAmount } from './money.ts';
import type { LedgerFact, OpenAbsence, OpenRow } from './open-index.ts';
import type { Operator } from './operator.ts';
import { normalisePhone } from './phone.ts';
import { cellText, reference } from './reference.ts';

const MICROS = 1_000_000;

/** Where an open item stands. */
interface Place {
  readonly tacheId: number;
  readonly position: number;
  readonly day: string;
}

/** An unexplained row of a tache's details as it is compared. */
export function openRow(place: Place, id: number, row: RowDetail, operator: Operator): OpenRow {
  return {
    ...place,
    kind: 'unexplained',
    name: String(id),
    number: row.number,
    time: (instantMicros(row.time) ?? 0) / MICROS,
    payid: reference(row.payid),
    amount: minorOf(row.amount, operator),
    correspondence: normalisePhone(phoneCell(row.phone), operator.country) || reference(row.transId),
  };
}

/** An absent success of a tache's details as it is compared. */
export function openAbsence(place: Place, transaction: TransactionDetail, operator: Operator): OpenAbsence {
  return { ...place, kind: 'absent', name: transaction.transId, payid: reference(transaction.payid), amount: minorOf(transaction.amount, operator) };
}

/** A transaction of the ledger as open items are held against it; `undefined` for one that is not the operator's. */
export function ledgerFact(transaction: WindowTransaction, operator: Operator): LedgerFact | undefined {
  const created = instantMicros(transaction.createdAt);
  if (created === undefined || !isSelected(transaction, operator.ledger)) return undefined;
  const { transId, payid, status } = transaction;
  return {
    transId,
    created,
    payid: reference(cellText(payid)),
    amount: minorOf(transaction.amount, operator),
    isSuccess: statusVerdict(status) === 'success',
    status,
    correspondence: ledgerCorrespondence(transaction, operator),
  };
}

/** What a row left over is compared with, on the ledger's side. */
function ledgerCorrespondence({ custom, phone }: Pick<LedgerTransaction, 'custom' | 'phone'>, { correspondenceKey, country }: Operator): string | undefined {
  return correspondenceKey === 'transId' ? reference(cellText(custom)) : normalisePhone(phone, country) || undefined;
}

/** Digits without a leading zero may have lost it where a cell was a number: of what is shown nobody can tell. */
function phoneCell(shown: string): string | number {
  return /^[1-9]\d{0,14}$/u.test(shown) ? Number(shown) : shown;
}

function minorOf(text: string, { currency }: Operator): number {
  const amount = readAmount(text, MINOR_DIGITS[currency]);
  return amount.kind === 'amount' ? amount.minor : Number.NaN;
}
