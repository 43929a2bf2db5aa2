import type { BadRow } from '../core/statement.ts';
import type { StatementRefusal } from '../core/statement-refusal.ts';

const SHOWN_ROWS = 20;

/** Why a statement was not taken, as the description of a tache in ECHEC says it. */
export function frenchRefusal(refusal: StatementRefusal): string {
  switch (refusal.kind) {
    case 'headers':
      return `En-têtes attendus mais absents du fichier : ${refusal.missing.join(', ')}.`;
    case 'sheet':
      return `Le classeur n'a pas de feuille « ${refusal.sheet} ». Ses feuilles : ${refusal.present.slice(0, SHOWN_ROWS).join(', ')}.`;
    case 'account':
      return "Aucune ligne du fichier ne porte le compte de l'opérateur : ce relevé est sans doute celui d'un autre compte.";
    case 'bad-rows':
      return refusal.rows.length === 0 ? 'Le fichier ne contient aucune ligne.' : `${refusal.rows.length} ligne(s) à corriger, ${listed(refusal.rows)}`;
    default:
      return refusal satisfies never;
  }
}

/** What was set apart of a statement whose other rows were matched; `''` where nothing was. */
export function frenchQuarantine(rows: readonly BadRow[]): string {
  return rows.length === 0 ? '' : `${rows.length} ligne(s) écartée(s), les autres ont été rapprochées ; ${listed(rows)}`;
}

function listed(rows: readonly BadRow[]): string {
  const shown = rows.slice(0, SHOWN_ROWS).map(({ number, problems }) => `ligne ${number} (${problems.map(({ column, reason }) => `${column} : ${reason}`).join(' ; ')})`);
  const more = rows.length > SHOWN_ROWS ? ` et ${rows.length - SHOWN_ROWS} autres, listées dans le rapport` : '';
  return `numérotées à partir de 0 : ${shown.join(', ')}${more}.`;
}
