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
      return refusal.rows.length === 0 ? 'Le fichier ne contient aucune ligne.' : badRows(refusal);
    default:
      return refusal satisfies never;
  }
}

function badRows({ rows }: Extract<StatementRefusal, { kind: 'bad-rows' }>): string {
  const shown = rows.slice(0, SHOWN_ROWS).map(({ number, problems }) => `ligne ${number} (${problems.map(({ column, reason }) => `${column} : ${reason}`).join(' ; ')})`);
  const more = rows.length > SHOWN_ROWS ? ` et ${rows.length - SHOWN_ROWS} autres, listées dans le rapport` : '';
  return `${rows.length} ligne(s) à corriger, numérotées à partir de 0 : ${shown.join(', ')}${more}.`;
}
