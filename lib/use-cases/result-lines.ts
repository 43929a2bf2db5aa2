import type { Classes } from '../core/matching.ts';
import type { SetAsideReason } from '../core/set-aside.ts';
import type { StatementReading } from '../core/statement.ts';

/** Why a row is set aside, as people read it. */
export const SET_ASIDE_FRENCH = {
  'no-credit': 'sans crédit',
  'not-successful': 'statut sans succès',
  unclassified: 'statut inconnu',
  debit: "débit : l'argent sort du compte",
  'other-type': 'autre type de ligne',
} as const satisfies Record<SetAsideReason, string>;

/** Every row of a run with its class, one JSON object a line: matched rows are kept here and nowhere else. */
export function* resultLines(classes: Classes, reading: Extract<StatementReading, { kind: 'rows' }>): Iterable<string> {
  const line = (value: object) => `${JSON.stringify(value)}\n`;
  for (const { row, candidate } of classes.matched) yield line({ classe: 'rapproche', ligne: row.number, payid: row.payid, cpm_trans_id: candidate.transaction.transId });
  for (const { row, candidate } of classes.amountDiffers) {
    yield line({ classe: 'montant_different', ligne: row.number, payid: row.payid, cpm_trans_id: candidate.transaction.transId });
  }
  for (const row of classes.statementDuplicates) yield line({ classe: 'doublon_operateur', ligne: row.number, payid: row.payid });
  for (const { transaction } of classes.ledgerDuplicates) yield line({ classe: 'doublon_cinetpay', cpm_trans_id: transaction.transId, payid: transaction.payid });
  for (const { row, candidate, ambiguous } of classes.correspondents) {
    yield line({ classe: 'correspondent', ligne: row.number, payid: row.payid, cpm_trans_id: candidate.transaction.transId, ambigu: ambiguous });
  }
  for (const row of classes.unexplained) yield line({ classe: 'not_correspondent', ligne: row.number, payid: row.payid });
  for (const { candidate, nearEdge } of classes.absent) {
    yield line({ classe: 'absent_operateur', cpm_trans_id: candidate.transaction.transId, payid: candidate.transaction.payid, limite: nearEdge });
  }
  for (const { number, reason } of reading.setAside) yield line({ classe: 'mis_de_cote', ligne: number, raison: SET_ASIDE_FRENCH[reason] });
  for (const { number, problems } of reading.bad) yield line({ classe: 'en_erreur', ligne: number, problemes: problems });
}
