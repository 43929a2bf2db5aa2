import type { Classes } from './classes.ts';
import type { AnomalyDetail, Details, RowDetail, TransactionDetail } from './detail.ts';
import { type Candidate, compareCandidates } from './ledger.ts';
import { secondsInstant } from './local-time.ts';
import { cellText } from './reference.ts';
import type { StatementRow } from './statement-rows.ts';

/**
 * The exceptions of a reconciliation in the form in which they are kept, in an order that does not depend on the input's.
 * @param firstId first of the block of ids that the tache has reserved: a second run gives the same ids
 */
export function detailsOf(classes: Classes, firstId: number): Details {
  const correspondents = classes.correspondents.map(({ row, candidate, ambiguous }, index) => ({
    id: firstId + index,
    row: rowDetail(row),
    transaction: transactionDetail(candidate),
    ambiguous,
  }));
  const unexplained = [...classes.unexplained].sort(byNumber).map((row, index) => ({ id: firstId + correspondents.length + index, row: rowDetail(row) }));
  return { correspondents, unexplained, anomalies: anomaliesOf(classes) };
}

function anomaliesOf(classes: Classes): readonly AnomalyDetail[] {
  const { amountDiffers, statementDuplicates, ledgerDuplicates, absent } = classes;
  return [
    ...[...amountDiffers]
      .sort((one, other) => byNumber(one.row, other.row))
      .map(({ row, candidate }) => ({ type: 'amount-differs' as const, row: rowDetail(row), transaction: transactionDetail(candidate) })),
    ...[...statementDuplicates].sort(byNumber).map((row) => ({ type: 'statement-duplicate' as const, row: rowDetail(row) })),
    ...[...ledgerDuplicates].sort(compareCandidates).map((candidate) => ({ type: 'ledger-duplicate' as const, transaction: transactionDetail(candidate) })),
    ...[...absent]
      .sort((one, other) => compareCandidates(one.candidate, other.candidate))
      .map(({ candidate, nearEdge }) => ({ type: 'absent' as const, transaction: transactionDetail(candidate), nearEdge })),
  ];
}

function byNumber(one: StatementRow, other: StatementRow): number {
  return one.number - other.number;
}

function rowDetail({ number, time, payid, transId, shown }: StatementRow): RowDetail {
  return { number, time: secondsInstant(time), payid, transId, ...shown };
}

function transactionDetail({ transaction }: Candidate): TransactionDetail {
  const { transId, createdAt, amount, phone, paymentMethod, status, payid, custom } = transaction;
  return { transId, createdAt, amount, phone: cellText(phone), paymentMethod, status, payid, custom };
}
