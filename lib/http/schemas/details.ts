import * as z from 'zod';
import type { AnomalyDetail, CorrespondentDetail, Details, RowDetail, TransactionDetail, UnexplainedDetail } from '../../core/detail.ts';
import { BOUND_DIGITS, type DetailFilter, type ExceptionClass } from '../../core/detail-filter.ts';
import type { FirstVisa } from '../../core/four-eyes.ts';
import type { Remark, Treatment } from '../../core/manual-work.ts';
import { readAmount } from '../../core/money.ts';
import { phoneDigits } from '../../core/phone.ts';
import type { Tache } from '../../core/tache.ts';
import { anomalyReason } from '../../use-cases/anomaly-reason.ts';
import { optionalFilter, pagingQuery } from './paging.ts';
import { singleTache, wireTache } from './tache.ts';
import { firstVisa, wireFirstVisa } from './validation.ts';

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

const remark = { auteur: text, date: z.iso.datetime(), motif: text };

/** What people have done with an unexplained row, as it stands now; the journal has all of it. */
export const treatment = z.object({
  lien: z.object({ cpm_trans_id: text, ...remark }).nullable(),
  mise_de_cote: z.object(remark).nullable(),
  commentaires: z.array(z.object(remark)),
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
  /** What people have done with it; absent where nobody has. */
  traitement: treatment.optional(),
});

const anomalyRow = { ligne: z.int(), payment_date: text, payid: text, phone_num: text, amount: text };
const anomalyTransaction = { cpm_trans_id: text, created_at: text, cpm_payid: text, cpm_amount: text, cel_phone_num: text, cpm_trans_status: text };

/** The classes that the seed's two arrays do not show. */
export const anomaly = z.discriminatedUnion('type', [
  z.object({ type: z.literal('montant_different'), motif: text, ...anomalyRow, ...anomalyTransaction }),
  z.object({ type: z.literal('doublon_operateur'), motif: text, ...anomalyRow }),
  z.object({ type: z.literal('doublon_cinetpay'), motif: text, ...anomalyTransaction }),
  z.object({ type: z.literal('absent_operateur'), motif: text, ...anomalyTransaction, limite: z.boolean() }),
]);

export const detailsAnswer = singleTache.extend({
  correspondent: z.array(correspondent),
  not_correspondent: z.array(notCorrespondent),
  anomalies: z.array(anomaly),
  /** There while a second person must agree. */
  premierVisa: firstVisa.optional(),
});

/** Rows of the three lists that one answer holds: some 400 bytes each, 6 MB at most. */
const DEFAULT_ROWS = 5_000;

/** The classes of exceptions under their wire names. */
const CLASSES = {
  correspondent: 'correspondents',
  not_correspondent: 'unexplained',
  montant_different: 'amountDiffers',
  doublon_operateur: 'statementDuplicates',
  doublon_cinetpay: 'ledgerDuplicates',
  absent_operateur: 'absent',
} as const satisfies Record<string, ExceptionClass>;
const className = z.enum([
  'correspondent',
  'not_correspondent',
  'montant_different',
  'doublon_operateur',
  'doublon_cinetpay',
  'absent_operateur',
] satisfies (keyof typeof CLASSES)[]);

const classNames = z
  .string()
  .refine((names) => names.split(',').every((name) => className.safeParse(name).success), {
    error: `Une ou plusieurs classes, séparées par des virgules : ${className.options.join(', ')}.`,
  })
  .transform((names) => z.array(className).parse(names.split(',')));

export const amountText = z.string().refine((given) => readAmount(given, BOUND_DIGITS).kind === 'amount', { error: 'Un montant est attendu, par exemple 5000 ou 12,50.' });

export const phoneText = z.string().refine((given) => /^\d{6,15}$/u.test(phoneDigits(given)), { error: 'Un numéro de 6 à 15 chiffres est attendu.' });

/** The filters of `GET /details_taches/{id}`: everything that is given must fit. */
export const detailsQuery = z.object({
  ...pagingQuery(DEFAULT_ROWS, DEFAULT_ROWS),
  classe: optionalFilter(classNames),
  telephone: optionalFilter(phoneText),
  payid: optionalFilter(z.string().trim()),
  montantMin: optionalFilter(amountText),
  montantMax: optionalFilter(amountText),
});

export function detailFilter({ classe, telephone, payid, montantMin, montantMax }: z.infer<typeof detailsQuery>): DetailFilter {
  return { classes: classe?.map((name) => CLASSES[name]), phone: telephone, payid, least: montantMin, most: montantMax };
}

export function wireDetails(
  tache: Tache,
  { correspondents, unexplained, anomalies }: Details,
  treatments: ReadonlyMap<number, Treatment> = new Map(),
  visa?: FirstVisa,
): z.infer<typeof detailsAnswer> {
  return {
    ...wireTache(tache),
    correspondent: correspondents.map((item) => wireCorrespondent(tache, item)),
    not_correspondent: unexplained.map((item) => wireNotCorrespondent(tache, item, treatments.get(item.id))),
    anomalies: anomalies.map(wireAnomaly),
    ...(visa && { premierVisa: wireFirstVisa(visa) }),
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
    // Only a statement without phones (VISA) is paired by these two.
    ...(row.phone === '' && { trans_id: row.transId, cpm_customCorrespondent: transaction.custom }),
    ambigu: ambiguous,
  };
}

/** @param worked what people have done with it */
export function wireNotCorrespondent(tache: Tache, { id, row }: UnexplainedDetail, worked: Treatment | undefined): z.infer<typeof notCorrespondent> {
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
    ...(worked && { traitement: wireTreatment(worked) }),
  };
}

function wireTreatment({ link, setAside, comments }: Treatment): z.infer<typeof treatment> {
  return {
    lien: link === undefined ? null : { cpm_trans_id: link.transId, ...wireRemark(link) },
    mise_de_cote: setAside === undefined ? null : wireRemark(setAside),
    commentaires: comments.map(wireRemark),
  };
}

function wireRemark({ by, at, text: motif }: Remark) {
  return { auteur: by, date: at, motif };
}

function wireAnomaly(detail: AnomalyDetail): z.infer<typeof anomaly> {
  const motif = anomalyReason(detail);
  switch (detail.type) {
    case 'amount-differs':
      return { type: 'montant_different', motif, ...wireRow(detail.row), ...wireTransaction(detail.transaction) };
    case 'statement-duplicate':
      return { type: 'doublon_operateur', motif, ...wireRow(detail.row) };
    case 'ledger-duplicate':
      return { type: 'doublon_cinetpay', motif, ...wireTransaction(detail.transaction) };
    case 'absent':
      return { type: 'absent_operateur', motif, ...wireTransaction(detail.transaction), limite: detail.nearEdge };
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
