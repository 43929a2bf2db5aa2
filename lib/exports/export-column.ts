import { CLASS_TEXTS } from './class-texts.ts';
import type { ResultLine } from './result-line.ts';

/** A column of an export: its header, and what a line has in it. Amounts are minor units, moments ISO instants. */
export type ExportColumn =
  | { readonly header: string; readonly width: number; readonly kind: 'text' | 'moment'; readonly of: (line: ResultLine) => string | undefined }
  | { readonly header: string; readonly width: number; readonly kind: 'integer' | 'amount'; readonly of: (line: ResultLine) => number | undefined };

const text = (header: string, width: number, of: (line: ResultLine) => string | undefined): ExportColumn => ({ header, width, kind: 'text', of });
const moment = (header: string, of: (line: ResultLine) => string | undefined): ExportColumn => ({ header, width: 20, kind: 'moment', of });
const integer = (header: string, width: number, of: (line: ResultLine) => number | undefined): ExportColumn => ({ header, width, kind: 'integer', of });
const amount = (header: string, of: (line: ResultLine) => number | undefined): ExportColumn => ({ header, width: 19, kind: 'amount', of });

/** Numbered from 0 among the data rows, as everywhere in the API. */
const NUMBER = integer('Ligne (0 = première)', 11, (line) => ('ligne' in line ? line.ligne : undefined));
const ID = integer('Identifiant', 12, (line) => ('id' in line ? line.id : undefined));
const CLASS = text('Classe', 22, ({ classe }) => CLASS_TEXTS[classe]);
const CLASS_CODE = text('Code de classe', 20, ({ classe }) => classe);
const REASON = text('Motif', 78, reasonOf);
const PAYID = text('Référence opérateur', 26, (line) => ('payid' in line ? line.payid : undefined));
const PHONE = text('Téléphone', 18, (line) => ('telephone' in line ? line.telephone : undefined));
const STATUS = text('Statut', 14, (line) => ('statut' in line ? line.statut : undefined));
const WRITTEN_AMOUNT = text('Montant tel quel', 16, (line) => ('montant_fichier' in line ? line.montant_fichier : undefined));
const AMOUNT = amount('Montant opérateur', (line) => ('montant' in line ? line.montant : undefined));

const STATEMENT_SIDE = [
  moment('Date opérateur', (line) => ('date' in line ? line.date : undefined)),
  PAYID,
  AMOUNT,
  PHONE,
  STATUS,
  text('Compte', 18, (line) => ('compte' in line ? line.compte : undefined)),
  text('Transaction du relevé', 24, (line) => ('trans_id' in line ? line.trans_id : undefined)),
];

const LEDGER_SIDE = [
  text('Transaction CinetPay', 30, (line) => ('cpm_trans_id' in line ? line.cpm_trans_id : undefined)),
  moment('Date CinetPay', (line) => ('created_at' in line ? line.created_at : undefined)),
  text('Référence chez CinetPay', 26, (line) => ('cpm_payid' in line ? line.cpm_payid : undefined)),
  amount('Montant CinetPay', (line) => ('cpm_montant' in line ? line.cpm_montant : undefined)),
  text('Téléphone CinetPay', 18, (line) => ('cel_phone_num' in line ? line.cel_phone_num : undefined)),
  text('Statut CinetPay', 16, (line) => ('cpm_trans_status' in line ? line.cpm_trans_status : undefined)),
];

const TREATMENT = text('Travail manuel', 40, (line) => ('traitement' in line ? line.traitement : undefined));
const AMBIGUOUS = text('Ambigu', 9, (line) => ('ambigu' in line ? yesNo(line.ambigu) : undefined));
const NEAR_EDGE = text("Près d'un bord", 10, (line) => ('limite' in line ? yesNo(line.limite) : undefined));
const DIFFERENCE = amount('Écart expliqué', differenceOf);

/** The columns of each sheet of a workbook. */
export const SHEET_COLUMNS = {
  matched: [NUMBER, ...STATEMENT_SIDE, ...LEDGER_SIDE],
  correspondents: [ID, NUMBER, ...STATEMENT_SIDE, ...LEDGER_SIDE, AMBIGUOUS],
  unexplained: [ID, NUMBER, ...STATEMENT_SIDE, TREATMENT],
  anomalies: [CLASS, REASON, DIFFERENCE, NUMBER, ...STATEMENT_SIDE, ...LEDGER_SIDE],
  setAside: [NUMBER, REASON, PAYID, WRITTEN_AMOUNT, PHONE, STATUS],
  bad: [NUMBER, REASON],
} as const satisfies Record<string, readonly ExportColumn[]>;

/** The columns of the one table of a CSV file. */
export const TABLE_COLUMNS: readonly ExportColumn[] = [
  CLASS_CODE,
  CLASS,
  REASON,
  ID,
  NUMBER,
  ...STATEMENT_SIDE,
  WRITTEN_AMOUNT,
  ...LEDGER_SIDE,
  DIFFERENCE,
  AMBIGUOUS,
  NEAR_EDGE,
  TREATMENT,
];

/** What a line adds to the difference, in minor units: the lines of a class add up to its line of the bridge. */
export function differenceOf(line: ResultLine): number | undefined {
  switch (line.classe) {
    case 'correspondent':
    case 'not_correspondent':
    case 'doublon_operateur':
      return line.montant;
    case 'montant_different':
      return line.montant - line.cpm_montant;
    case 'doublon_cinetpay':
    case 'absent_operateur':
      return -line.cpm_montant;
    case 'rapproche':
      return 0;
    case 'mis_de_cote':
    case 'en_erreur':
      return undefined;
    default:
      return line satisfies never;
  }
}

function reasonOf(line: ResultLine): string | undefined {
  if ('motif' in line) return line.motif;
  if ('raison' in line) return line.raison;
  return 'problemes' in line ? line.problemes.map(({ column, reason }) => `${column} : ${reason}`).join(' ; ') : undefined;
}

function yesNo(value: boolean): string {
  return value ? 'oui' : 'non';
}
