import type { Details, RowDetail, TransactionDetail } from '../../lib/core/detail.ts';

export function aRowDetail(number: number, changes: Partial<RowDetail> = {}): RowDetail {
  return {
    number,
    time: '2026-03-07T12:00:00Z',
    payid: `PP${number}`,
    amount: '5,000',
    phone: '0707123456',
    status: 'SUCCES',
    account: '0700000001',
    transId: '',
    ...changes,
  };
}

export function aTransactionDetail(number: number, changes: Partial<TransactionDetail> = {}): TransactionDetail {
  return {
    transId: `T${number}`,
    createdAt: '2026-03-07T12:00:10Z',
    amount: '5000',
    phone: '0707123456',
    paymentMethod: 'OM',
    status: 'FAILED',
    payid: '',
    custom: '',
    ...changes,
  };
}

/** Lists of exceptions of so many rows each, ids from `firstId` on. */
export function someDetails(correspondents: number, unexplained: number, anomalies: number, firstId = 1): Details {
  const numbered = <Item>(count: number, make: (index: number) => Item) => Array.from({ length: count }, (_, index) => make(index));
  return {
    correspondents: numbered(correspondents, (index) => ({ id: firstId + index, row: aRowDetail(index), transaction: aTransactionDetail(index), ambiguous: false })),
    unexplained: numbered(unexplained, (index) => ({ id: firstId + correspondents + index, row: aRowDetail(correspondents + index) })),
    anomalies: numbered(anomalies, (index) => ({ type: 'absent', transaction: aTransactionDetail(correspondents + index, { status: 'SUCCES' }), nearEdge: false })),
  };
}
