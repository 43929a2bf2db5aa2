import type * as z from 'zod';
import type { anomaly, correspondent, detailsAnswer, notCorrespondent } from '../../http/schemas/details.ts';
import { momentText } from './tache-report.ts';

type Page = Pick<z.infer<typeof detailsAnswer>, 'correspondent' | 'not_correspondent' | 'anomalies'>;
type Anomaly = z.infer<typeof anomaly>;

/** One exception of a tache, under the name of its class. */
export interface DetailLine {
  readonly classe: string;
  /** As the API gave it. */
  readonly row: object;
  /** For people. */
  readonly text: string;
}

/** What each class means, above its first line. */
export const CLASS_TITLES: Readonly<Record<string, string>> = {
  correspondent: "Correspondants : payés chez l'opérateur, sans succès chez CinetPay ; la validation en fait des succès",
  not_correspondent: "Sans correspondant : au relevé de l'opérateur, et rien ne les explique",
  montant_different: 'Montants différents : même référence, deux montants',
  doublon_operateur: 'Doublons opérateur : une référence de plus au relevé',
  doublon_cinetpay: 'Doublons CinetPay : une référence de plus au grand livre',
  absent_operateur: "Absents de l'opérateur : succès chez CinetPay que le relevé n'a pas",
};

/** The exceptions of a page, in the order of the API. */
export function detailLines(page: Page): readonly DetailLine[] {
  return [
    ...page.correspondent.map((row) => ({ classe: 'correspondent', row, text: correspondentText(row) })),
    ...page.not_correspondent.map((row) => ({ classe: 'not_correspondent', row, text: unexplainedText(row) })),
    ...page.anomalies.map((row) => ({ classe: row.type, row, text: `  ${anomalyPlace(row)}  ${row.motif}` })),
  ];
}

function correspondentText(row: z.infer<typeof correspondent>): string {
  const { id, payment_date, payid, phone_num, amount, cpm_trans_idCorrespondent: transaction, StautTransactionCorrespondent: status } = row;
  return `  n° ${id}  ${momentText(payment_date)}  ${payid}  ${phone_num}  ${amount}  ↔ ${transaction} (${status === '' ? 'sans statut' : status})${row.ambigu ? '  ambigu' : ''}`;
}

function unexplainedText({ id, payment_date, payid, phone_num, amount, traitement }: z.infer<typeof notCorrespondent>): string {
  const work = [
    ...(traitement?.lien ? [`liée à ${traitement.lien.cpm_trans_id} par ${traitement.lien.auteur} : ${traitement.lien.motif}`] : []),
    ...(traitement?.mise_de_cote ? [`mise de côté par ${traitement.mise_de_cote.auteur} : ${traitement.mise_de_cote.motif}`] : []),
    ...(traitement?.commentaires ?? []).map(({ auteur, motif }) => `${auteur} : ${motif}`),
  ];
  return [`  n° ${id}  ${momentText(payment_date)}  ${payid}  ${phone_num}  ${amount}`, ...work.map((line) => `      ${line}`)].join('\n');
}

function anomalyPlace(row: Anomaly): string {
  return 'ligne' in row ? `ligne ${row.ligne}  ${row.payid}  ${row.amount}` : `${row.cpm_trans_id}  ${row.cpm_payid}  ${row.cpm_amount}`;
}
