import * as z from 'zod';
import { amountNumber, amountText as decimalText, MINOR_DIGITS } from '../../core/money.ts';
import { AGE_BUCKETS, type AgeBucket, type Explanation, type OpenKind, type OpenState, type Proposal, plus, type Sum } from '../../core/open-item.ts';
import { ANOMALY_FRENCH } from '../../use-cases/anomaly-reason.ts';
import { EXPLANATION_FRENCH } from '../../use-cases/keep-findings.ts';
import type { ListedItem, OpenBalance, OpenCursor, OpenItemFilter, OpenPageFilter } from '../../use-cases/list-open-items.ts';
import { amountText, phoneText } from './details.ts';
import { optionalFilter, pagingQuery } from './paging.ts';

const text = z.string();
const count = z.int();

const STATES = { nouveau: 'new', persistant: 'persistent', resolu: 'resolved' } as const satisfies Record<string, OpenState>;
const stateName = z.enum(['nouveau', 'persistant', 'resolu'] satisfies (keyof typeof STATES)[]);
const STATE_FRENCH = { new: 'nouveau', persistent: 'persistant', resolved: 'resolu' } as const satisfies Record<OpenState, keyof typeof STATES>;

const KINDS = { not_correspondent: 'unexplained', absent_operateur: 'absent' } as const satisfies Record<string, OpenKind>;
const kindName = z.enum(['not_correspondent', 'absent_operateur'] satisfies (keyof typeof KINDS)[]);

/** Ages in days, as the wire names them. */
const BUCKETS = { '0-1': '0-1', '2-7': '2-7', '8-30': '8-30', 'plus-de-30': '31+' } as const satisfies Record<string, AgeBucket>;
const BUCKET_NAMES = ['0-1', '2-7', '8-30', 'plus-de-30'] as const satisfies readonly (keyof typeof BUCKETS)[];
const bucketName = z.enum(BUCKET_NAMES);
const BUCKET_FRENCH = { '0-1': '0-1', '2-7': '2-7', '8-30': '8-30', '31+': 'plus-de-30' } as const satisfies Record<AgeBucket, keyof typeof BUCKETS>;

const states = z
  .string()
  .refine((names) => names.split(',').every((name) => stateName.safeParse(name).success), {
    error: `Un ou plusieurs états, séparés par des virgules : ${stateName.options.join(', ')}.`,
  })
  .transform((names) => z.array(stateName).parse(names.split(',')));

const day = z.iso.date({ error: 'Date attendue sous la forme AAAA-MM-JJ.' });

const id = z
  .string()
  .refine((given) => /^\d{1,15}$/u.test(given), { error: 'Un numéro de tâche est attendu.' })
  .transform(Number);

/** Where a list goes on, as text that only we understand. */
const cursor = z
  .string()
  .refine((given) => cursorOf(given) !== undefined, { error: "Ce curseur n'en est pas un : reprenez celui de l'en-tête Link." })
  .transform(cursorOf);

const pageFilter = {
  operateur: optionalFilter(z.string()),
  tache: optionalFilter(id),
  type: optionalFilter(kindName),
  age: optionalFilter(bucketName),
  jourMin: optionalFilter(day),
  jourMax: optionalFilter(day),
};

const DEFAULT_ITEMS = 100;
const LARGEST_PAGE = 1_000;

/** The filters of `GET /ecarts/`: everything that is given must fit. */
export const openItemsQuery = z.object({
  limit: pagingQuery(DEFAULT_ITEMS, LARGEST_PAGE).limit,
  cursor: cursor.optional(),
  ...pageFilter,
  etat: optionalFilter(states),
  telephone: optionalFilter(phoneText),
  payid: optionalFilter(z.string().trim()),
  montantMin: optionalFilter(amountText),
  montantMax: optionalFilter(amountText),
});

/** The filters of `GET /ecarts/balance/`. */
export const balanceQuery = z.object(pageFilter);

const place = {
  tache: count,
  agent: text,
  operateur: text,
  devise: text,
  /** The operator's business day. */
  jour: z.iso.date(),
  age: count,
  tranche: bucketName,
  etat: stateName,
  motif: text,
};

const resolution = z.object({
  /** What explains it. */
  par: z.enum(['ligne_tardive', 'succes_tardif', 'corrige', 'reporte', 'lien', 'mise_de_cote']),
  motif: text,
  date: z.iso.datetime(),
  cpm_trans_id: text.optional(),
  tache: count.optional(),
  ligne: count.optional(),
});

const proposition = z.object({ motif: text, cpm_trans_id: text.optional(), tache: count.optional(), ligne: count.optional(), ambigu: z.boolean().optional() });

const found = { resolution: resolution.nullable(), proposition: proposition.nullable() };

/** An open item. `ligne` is the id of the row among the details of its tache. */
export const openItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('not_correspondent'), ...place, ligne: count, payment_date: text, payid: text, phone_num: text, amount: text, status: text, ...found }),
  z.object({
    type: z.literal('absent_operateur'),
    ...place,
    cpm_trans_id: text,
    created_at: text,
    cpm_payid: text,
    cel_phone_num: text,
    cpm_amount: text,
    cpm_trans_status: text,
    ...found,
  }),
]);

export const openItemsAnswer = z.array(openItem);

const figures = { nombre: count, montant: z.number() };

const bucketBalance = z.object({
  tranche: bucketName,
  ...figures,
  not_correspondent: z.object(figures),
  absent_operateur: z.object(figures),
});

export const balanceAnswer = z.array(
  z.object({
    operateur: text,
    nom: text,
    devise: text,
    /** What is still open; amounts are of both kinds together, each as its own row shows it. */
    ouverts: z.object(figures),
    tranches: z.array(bucketBalance),
    resolus: z.object(figures),
    /** The oldest day on which something is still open. */
    depuis: z.iso.date().nullable(),
  }),
);

export function openPageFilter({ operateur, tache, type, age, jourMin, jourMax }: z.infer<typeof balanceQuery>): OpenPageFilter {
  return { operatorCode: operateur, tacheId: tache, kind: type && KINDS[type], bucket: age && BUCKETS[age], from: jourMin, to: jourMax };
}

export function openItemFilter(query: z.infer<typeof openItemsQuery>): OpenItemFilter {
  const { etat, telephone, payid, montantMin, montantMax } = query;
  return { ...openPageFilter(query), states: etat?.map((name) => STATES[name]), phone: telephone, payid, least: montantMin, most: montantMax };
}

export function wireOpenItem({ page, operator, item, ageDays, bucket, state, overlay }: ListedItem): z.infer<typeof openItem> {
  const common = {
    tache: page.tacheId,
    agent: page.owner,
    operateur: operator.code,
    devise: page.currency,
    jour: page.day,
    age: ageDays,
    tranche: BUCKET_FRENCH[bucket],
    etat: STATE_FRENCH[state],
  };
  const since = {
    resolution: overlay?.state === 'resolved' ? wireResolution(overlay.explanation, overlay.at) : null,
    proposition: overlay?.state === 'proposed' ? wireProposal(overlay.proposal, MINOR_DIGITS[page.currency]) : null,
  };
  if (item.kind === 'unexplained') {
    const { id: ligne, row } = item.detail;
    const shown = { ligne, payment_date: row.time, payid: row.payid, phone_num: row.phone, amount: row.amount, status: row.status };
    return { type: 'not_correspondent', ...common, motif: UNEXPLAINED_FRENCH, ...shown, ...since };
  }
  const { transaction, nearEdge } = item.detail;
  const shown = {
    cpm_trans_id: transaction.transId,
    created_at: transaction.createdAt,
    cpm_payid: transaction.payid,
    cel_phone_num: transaction.phone,
    cpm_amount: transaction.amount,
    cpm_trans_status: transaction.status,
  };
  return { type: 'absent_operateur', ...common, motif: ANOMALY_FRENCH[nearEdge ? 'near-edge' : 'absent'], ...shown, ...since };
}

const UNEXPLAINED_FRENCH = "Le relevé de l'opérateur montre ce paiement ; aucune transaction du grand livre ne l'explique.";

function wireResolution(explanation: Explanation, at: string): z.infer<typeof resolution> {
  const par = EXPLANATION_FRENCH[explanation.how];
  switch (explanation.how) {
    case 'late-ledger':
      return { par, date: at, motif: `Le grand livre a depuis la transaction ${explanation.transId}, de même référence et de même montant.`, cpm_trans_id: explanation.transId };
    case 'late-operator':
      return { par, date: at, motif: `Le relevé de la tâche ${explanation.tacheId} l'a, à sa ligne ${explanation.row}.`, tache: explanation.tacheId, ligne: explanation.row };
    case 'corrected':
      return { par, date: at, motif: `Ce n'est plus un succès au grand livre : ${explanation.status}.` };
    case 'carried':
      return { par, date: at, motif: `La même opération est suivie dans la tâche ${explanation.tacheId}.`, tache: explanation.tacheId };
    case 'linked':
      return { par, date: at, motif: `Liée à la main à la transaction ${explanation.transId}.`, cpm_trans_id: explanation.transId };
    case 'set-aside':
      return { par, date: at, motif: 'Mise de côté à la main.' };
    default:
      return explanation satisfies never;
  }
}

function wireProposal(proposal: Proposal, digits: number): z.infer<typeof proposition> {
  if (proposal.how === 'correspondent') {
    const motif = `La transaction ${proposal.transId}, sans succès, est du même numéro et du même montant : à vérifier, puis à lier.`;
    return { motif, cpm_trans_id: proposal.transId, ambigu: proposal.ambiguous };
  }
  const { transId, tacheId, row } = proposal;
  return {
    motif: `La même référence existe avec un autre montant : ${decimalText(proposal.amount, digits)}.`,
    ...(transId !== undefined && { cpm_trans_id: transId }),
    ...(tacheId !== undefined && { tache: tacheId }),
    ...(row !== undefined && { ligne: row }),
  };
}

export function wireBalance({ operator, currency, buckets, resolved, since }: OpenBalance): z.infer<typeof balanceAnswer>[number] {
  const shown = ({ count: nombre, amount }: Sum) => ({ nombre, montant: amountNumber(amount, MINOR_DIGITS[currency]) });
  const ofBucket = (bucket: AgeBucket) => plus(buckets[bucket].unexplained, buckets[bucket].absent);
  return {
    operateur: operator.code,
    nom: operator.name,
    devise: currency,
    ouverts: shown(AGE_BUCKETS.map(ofBucket).reduce(plus)),
    tranches: AGE_BUCKETS.map((bucket) => ({
      tranche: BUCKET_FRENCH[bucket],
      ...shown(ofBucket(bucket)),
      not_correspondent: shown(buckets[bucket].unexplained),
      absent_operateur: shown(buckets[bucket].absent),
    })),
    resolus: shown(resolved),
    depuis: since ?? null,
  };
}

export function wireCursor({ key, position }: OpenCursor): string {
  return Buffer.from(`${key}@${position}`).toString('base64url');
}

function cursorOf(given: string): OpenCursor | undefined {
  const [, key, position] = /^(\d{4}-\d{2}-\d{2}#[^@]{1,80})@(\d{1,9})$/u.exec(Buffer.from(given, 'base64url').toString('utf8')) ?? [];
  return key === undefined ? undefined : { key, position: Number(position) };
}
