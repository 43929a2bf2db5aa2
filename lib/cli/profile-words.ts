import { OPERATORS } from '../core/catalogue.ts';
import type { ColumnRole, StatementLayout } from '../core/operator.ts';
import { wordKey } from '../core/words.ts';

/** Words of headers, by what their column is for. Compared with `wordKey`, so without case and accents. */
const WORDS: Readonly<Record<ColumnRole, RegExp>> = {
  date: /\b(?:date|jour|day|timestamp|horodatage|datetime|enddatetime)\b/u,
  time: /\b(?:heure|time|hour)\b/u,
  payid: /\b(?:reference|referenceid|ref|refid|id|identifiant|transactionid|payid|requete|numero de transaction)\b/u,
  status: /\b(?:statut|status|etat|decision|resultat|result|responsemessage)\b/u,
  amount: /\b(?:montant|amount|credit|cr|valeur|value|somme)\b/u,
  account: /\b(?:compte|account|destination|destinataire|to|payee|receiver|beneficiaire|tomsisdn|marchand|merchant|behalf|serviceprovidercode)\b/u,
  phone: /\b(?:msisdn|frmsisdn|phone|telephone|tel|numero|number|mobile|correspondant|source|from|payer|sender|client|customer|s\/d|expediteur|emetteur)\b/u,
  transId: /\b(?:external|externe|uuid|idtransactioncp|order|commande|partner)\b/u,
  debit: /\b(?:debit|dr)\b/u,
  type: /\b(?:type|service|nature|operation|categorie|category)\b/u,
};

/** Columns with amounts that are not the payment's. */
const OTHER_AMOUNT = /\b(?:frais|fees?|commissions?|solde|balance|tax|taxe|discount|remise|promotion|coupon|rate|taux|currency|devise|external amount)\b/u;

const CREDIT = /\b(?:credit|cr)\b/u;

/** What people are called, or say. */
const PROSE = /\b(?:message|name|nom|handler|libelle|note|motif|description|commentaires?)\b/u;

const KNOWN: ReadonlyMap<string, ReadonlySet<ColumnRole>> = knownHeaders();

/** How strongly a header speaks for a role: 6 where an operator of the catalogue calls the column so, 3 where a word of it does, else 0. */
export function headerScore(name: string, role: ColumnRole): number {
  const key = wordKey(name.slice(0, 120));
  if ((role === 'amount' || role === 'debit') && OTHER_AMOUNT.test(key)) return 0;
  if (role === 'amount' && WORDS.debit.test(key) && !CREDIT.test(key)) return 0;
  if ((role === 'account' || role === 'phone') && PROSE.test(key)) return 0;
  if (KNOWN.get(key)?.has(role) === true) return 6;
  return WORDS[role].test(key) ? 3 : 0;
}

/** Whether a cell reads like the name of a column. */
export function isKnownHeader(name: string): boolean {
  const key = wordKey(name.slice(0, 120));
  return KNOWN.has(key) || OTHER_AMOUNT.test(key) || Object.values(WORDS).some((words) => words.test(key));
}

function knownHeaders(): ReadonlyMap<string, ReadonlySet<ColumnRole>> {
  const known = new Map<string, Set<ColumnRole>>();
  for (const { layout } of OPERATORS) {
    for (const [role, header] of namesOf(layout)) known.set(wordKey(header), (known.get(wordKey(header)) ?? new Set()).add(role));
  }
  return known;
}

function namesOf({ moment, columns }: StatementLayout): readonly (readonly [ColumnRole, string])[] {
  return [
    ['date', moment.kind === 'one-column' ? moment.column : moment.dateColumn],
    ...(moment.kind === 'one-column' ? [] : [['time', moment.timeColumn] as const]),
    ['payid', columns.payid],
    ['status', columns.status],
    ['amount', columns.amount],
    ['account', columns.account],
    ...(columns.phone === undefined ? [] : [['phone', columns.phone] as const]),
    ...(columns.transId === undefined ? [] : [['transId', columns.transId] as const]),
  ];
}

const SUCCESS =
  /^(?:success\w*|succes\w*|reussie?|complete[d]?|accept(?:e|ee|ed)?|approved|paid|payee?|terminee?|ok|processed|valide?e?|confirmed|confirmee?|transaction reussie)$/u;
const FAILURE = /^(?:echec|echouee?|fail\w*|expired?|expiree?|cancel\w*|annulee?|reject\w*|rejetee?|declined?|refusee?|errors?|erreur|timeout|time out)$/u;

/** What a status word says, as far as one can know it without the operator. */
export function statusMeaning(word: string): 'success' | 'failure' | 'unknown' {
  const key = wordKey(word);
  if (SUCCESS.test(key)) return 'success';
  return FAILURE.test(key) ? 'failure' : 'unknown';
}

/** Which way money goes by a word that stands beside an amount. */
export function directionMeaning(word: string): 'credit' | 'debit' | undefined {
  const key = wordKey(word);
  if (/^(?:c|cr|credit|in|entree|entrant|\+)$/u.test(key)) return 'credit';
  return /^(?:d|dr|db|debit|out|sortie|sortant|-)$/u.test(key) ? 'debit' : undefined;
}

/** Whether a type of row looks like the payments that are reconciled. */
export function isPaymentType(word: string): boolean {
  return /\b(?:payments?|paiements?|merchant|marchand|cash ?in|collect\w*|encaissements?)\b/u.test(wordKey(word));
}
