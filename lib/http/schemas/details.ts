import * as z from 'zod';
import type { AnomalyDetail, CorrespondentDetail, Details, RowDetail, TransactionDetail, UnexplainedDetail } from '../../core/detail.ts';
import type { Tache } from '../../core/tache.ts';
import { pagingQuery } from './paging.ts';
import { singleTache, wireTache } from './tache.ts';

const text = z.string();

/** An operator row that a failed CinetPay transaction explains. Names and their spelling are the seed's. */
export const correspondent = z.object({
  id: z.int(),
  payment_date: text,
  payid: text,
  phone_num: text,
  amount: text,
  status: text,
  account: text,
  agent: text,
  created_atCorrespondent: text,
  cel_phone_numCorrespondant: text,
  AmountCorrespodent: text,
  payment_methodCorrespondant: text,
  StautTransactionCorrespondent: text,
  cpm_trans_idCorrespondent: text,
  tache: z.int(),
  trans_id: text.optional(),
  cpm_customCorrespondent: text.optional(),
  /** Another choice was equally close. */
  ambigu: z.boolean(),
});

/** An operator row that nothing explains. */
export const notCorrespondent = z.object({
  id: z.int(),
  payment_date: text,
  payid: text,
  status: text,
  phone_num: text,
  amount: text,
  trans_id: text,
  account: text,
  agent: text,
  tache: z.int(),
});

const anomalyRow = { ligne: z.int(), payment_date: text, payid: text, phone_num: text, amount: text };
const anomalyTransaction = { cpm_trans_id: text, created_at: text, cpm_payid: text, cpm_amount: text, cel_phone_num: text, cpm_trans_status: text };

/** The classes that the seed's two arrays do not show. */
export const anomaly = z.discriminatedUnion('type', [
  z.object({ type: z.literal('montant_different'), ...anomalyRow, ...anomalyTransaction }),
  z.object({ type: z.literal('doublon_operateur'), ...anomalyRow }),
  z.object({ type: z.literal('doublon_cinetpay'), ...anomalyTransaction }),
  z.object({ type: z.literal('absent_operateur'), ...anomalyTransaction, limite: z.boolean() }),
]);

export const detailsAnswer = singleTache.extend({ correspondent: z.array(correspondent), not_correspondent: z.array(notCorrespondent), anomalies: z.array(anomaly) });

/** Rows of the three lists that one answer holds: some 400 bytes each, 6 MB at most. */
const DEFAULT_ROWS = 5_000;

export const detailsQuery = z.object(pagingQuery(DEFAULT_ROWS, DEFAULT_ROWS));

export function wireDetails(tache: Tache, { correspondents, unexplained, anomalies }: Details): z.infer<typeof detailsAnswer> {
  return {
    ...wireTache(tache),
    correspondent: correspondents.map((item) => wireCorrespondent(tache, item)),
    not_correspondent: unexplained.map((item) => wireNotCorrespondent(tache, item)),
    anomalies: anomalies.map(wireAnomaly),
  };
}

function wireCorrespondent(tache: Tache, { id, row, transaction, ambiguous }: CorrespondentDetail): z.infer<typeof correspondent> {
  return {
    id,
    payment_date: row.time,
    payid: row.payid,
    phone_num: row.phone,
    amount: row.amount,
    status: row.status,
    account: row.account,
    agent: tache.owner,
    created_atCorrespondent: transaction.createdAt,
    cel_phone_numCorrespondant: transaction.phone,
    AmountCorrespodent: transaction.amount,
    payment_methodCorrespondant: transaction.paymentMethod,
    StautTransactionCorrespondent: transaction.status,
    cpm_trans_idCorrespondent: transaction.transId,
    tache: tache.id,
    ...(row.transId !== '' && row.transId === transaction.custom && { trans_id: row.transId, cpm_customCorrespondent: transaction.custom }),
    ambigu: ambiguous,
  };
}

function wireNotCorrespondent(tache: Tache, { id, row }: UnexplainedDetail): z.infer<typeof notCorrespondent> {
  return {
    id,
    payment_date: row.time,
    payid: row.payid,
    status: row.status,
    phone_num: row.phone,
    amount: row.amount,
    trans_id: row.transId,
    account: row.account,
    agent: tache.owner,
    tache: tache.id,
  };
}

function wireAnomaly(detail: AnomalyDetail): z.infer<typeof anomaly> {
  switch (detail.type) {
    case 'amount-differs':
      return { type: 'montant_different', ...wireRow(detail.row), ...wireTransaction(detail.transaction) };
    case 'statement-duplicate':
      return { type: 'doublon_operateur', ...wireRow(detail.row) };
    case 'ledger-duplicate':
      return { type: 'doublon_cinetpay', ...wireTransaction(detail.transaction) };
    case 'absent':
      return { type: 'absent_operateur', ...wireTransaction(detail.transaction), limite: detail.nearEdge };
    default:
      return detail satisfies never;
  }
}

function wireRow({ number, time, payid, phone, amount }: RowDetail) {
  return { ligne: number, payment_date: time, payid, phone_num: phone, amount };
}

function wireTransaction({ transId, createdAt, payid, amount, phone, status }: TransactionDetail) {
  return { cpm_trans_id: transId, created_at: createdAt, cpm_payid: payid, cpm_amount: amount, cel_phone_num: phone, cpm_trans_status: status };
}
