import type { SingleTache } from './api-client.ts';

const LABELS = {
  correspondent: 'Correspondants',
  not_correspondent: 'Sans correspondant',
  doublon_operateur: 'Doublons opérateur',
  montant_different: 'Montants différents',
  doublon_cinetpay: 'Doublons CinetPay',
  absent_operateur: "Absents de l'opérateur",
} as const;

/** A tache as a person reads it at the terminal: figures, then the bridge. */
export function tacheSummary(tache: SingleTache): string {
  const lines = [`Tâche ${tache.id} · ${tache.fileName} · ${tache.etat}${tache.description === '' ? '' : ` : ${tache.description}`}`];
  if (tache.passage === undefined) return lines.join('\n');
  const { residu, residuNombre, ...classes } = tache.passage;
  lines.push(
    line(`Montants en ${tache.devise}`, 'Montant', 'Nombre'),
    line('Opérateur', tache.montantOperateur, tache.countOperator),
    line('CinetPay', tache.montantCinetpay, tache.countCinetpay),
    line('Différence', tache.diffMontant, tache.diffCount),
    ...names(classes).map((name) => line(`  ${LABELS[name]}`, classes[name].montant, classes[name].nombre)),
    line('  Résidu', residu, residuNombre),
  );
  return lines.join('\n');
}

function names(classes: Readonly<Record<keyof typeof LABELS, unknown>>): readonly (keyof typeof LABELS)[] {
  return [...LABEL_NAMES].filter((name) => name in classes);
}

const LABEL_NAMES: readonly (keyof typeof LABELS)[] = ['correspondent', 'not_correspondent', 'doublon_operateur', 'montant_different', 'doublon_cinetpay', 'absent_operateur'];

function line(label: string, amount: number | string, count: number | string): string {
  return `  ${label.padEnd(30)}${shown(amount).padStart(18)}${shown(count).padStart(10)}`;
}

function shown(value: number | string): string {
  return typeof value === 'number' ? value.toLocaleString('fr-FR').replace(/[\u202f\u00a0]/gu, ' ') : value;
}
