import type { Classes } from '../core/classes.ts';
import { type Candidate, compareCandidates } from '../core/ledger.ts';
import { secondsInstant } from '../core/local-time.ts';
import { cellText } from '../core/reference.ts';
import type { SetAsideReason } from '../core/set-aside.ts';
import type { StatementReading } from '../core/statement.ts';
import type { StatementRow } from '../core/statement-rows.ts';
import type { ResultLine } from '../exports/result-line.ts';
import { ANOMALY_FRENCH, amountsDifferFrench } from './anomaly-reason.ts';

/** Why a row is set aside, as people read it. */
export const SET_ASIDE_FRENCH = {
  'no-credit': 'sans crédit',
  'not-successful': 'statut sans succès',
  unclassified: 'statut inconnu',
  debit: "débit : l'argent sort du compte",
  'other-type': 'autre type de ligne',
} as const satisfies Record<SetAsideReason, string>;

/** Where the lines of a run lie: two runs of one tache that saw two ledgers do not overwrite each other's. */
export function resultKey(tacheId: number, edition: string): string {
  return `resultats/${tacheId}/${edition}/lignes.ndjson.gz`;
}

/** Every row of a run with its class, one JSON object a line: matched rows are kept here and nowhere else. @param firstId first id of the tache's details */
export function* resultLines(classes: Classes, reading: Extract<StatementReading, { kind: 'rows' }>, firstId: number): Iterable<string> {
  for (const line of linesOf(classes, reading, firstId)) yield `${JSON.stringify(line)}\n`;
}

/** In the order of the sheets of a workbook, and within a class in that of the details: an export reads them once, from the first to the last. */
function* linesOf(classes: Classes, reading: Extract<StatementReading, { kind: 'rows' }>, firstId: number): Iterable<ResultLine> {
  for (const { row, candidate } of classes.matched) yield { classe: 'rapproche', ...statementSide(row), ...ledgerSide(candidate) };
  let id = firstId;
  for (const { row, candidate, ambiguous } of classes.correspondents) {
    yield { classe: 'correspondent', id: id++, ...statementSide(row), ...ledgerSide(candidate), ambigu: ambiguous };
  }
  for (const row of classes.unexplained.toSorted(byNumber)) yield { classe: 'not_correspondent', id: id++, ...statementSide(row) };
  for (const { row, candidate } of classes.amountDiffers.toSorted((one, other) => one.row.number - other.row.number)) {
    yield { classe: 'montant_different', motif: amountsDifferFrench(row.shown.amount, candidate.transaction.amount), ...statementSide(row), ...ledgerSide(candidate) };
  }
  for (const row of classes.statementDuplicates.toSorted(byNumber)) yield { classe: 'doublon_operateur', motif: ANOMALY_FRENCH['statement-duplicate'], ...statementSide(row) };
  for (const candidate of classes.ledgerDuplicates.toSorted(compareCandidates))
    yield { classe: 'doublon_cinetpay', motif: ANOMALY_FRENCH['ledger-duplicate'], ...ledgerSide(candidate) };
  for (const { candidate, nearEdge } of classes.absent.toSorted((one, other) => compareCandidates(one.candidate, other.candidate))) {
    yield { classe: 'absent_operateur', motif: ANOMALY_FRENCH[nearEdge ? 'near-edge' : 'absent'], ...ledgerSide(candidate), limite: nearEdge };
  }
  for (const { number, reason, payid, amount, phone, status } of reading.setAside) {
    yield { classe: 'mis_de_cote', ligne: number, raison: SET_ASIDE_FRENCH[reason], payid, montant_fichier: amount, telephone: phone, statut: status };
  }
  for (const { number, problems } of reading.bad) yield { classe: 'en_erreur', ligne: number, problemes: [...problems] };
}

function byNumber(one: StatementRow, other: StatementRow): number {
  return one.number - other.number;
}

function statementSide({ number, time, payid, amount, transId, shown }: StatementRow) {
  return {
    ligne: number,
    date: secondsInstant(time),
    payid,
    montant: amount,
    montant_fichier: shown.amount,
    telephone: shown.phone,
    statut: shown.status,
    compte: shown.account,
    trans_id: transId,
  };
}

function ledgerSide({ transaction, amount }: Candidate) {
  return {
    cpm_trans_id: transaction.transId,
    created_at: transaction.createdAt,
    cpm_payid: transaction.payid,
    cpm_montant: amount,
    cel_phone_num: cellText(transaction.phone),
    cpm_trans_status: transaction.status,
    cpm_custom: transaction.custom,
  };
}
