import type { BridgeLine } from '../core/bridge.ts';
import type { Totals } from '../core/classes.ts';
import type { TacheState } from '../core/tache.ts';
import type { ExportSubject } from './export-subject.ts';
import type { LocalClock } from './shown-moment.ts';

/** What people read first: who, when, the figures, the bridge. Amounts are minor units. */
export interface Summary {
  readonly title: string;
  /** Label and text. */
  readonly facts: readonly (readonly [string, string])[];
  readonly totals: readonly FigureRow[];
  /** What each class adds to the difference, and their sum, and what that leaves. */
  readonly bridge: readonly FigureRow[];
  readonly bridgeSum: FigureRow;
  readonly residual: FigureRow;
  /** Rows that were read and do not count, and others worth knowing. */
  readonly counts: readonly (readonly [string, number])[];
  /** After validation; none before. */
  readonly after: readonly FigureRow[];
}

export interface FigureRow {
  readonly label: string;
  readonly amount: number;
  readonly count: number;
}

const STATES = {
  CREATION: 'créée',
  ENCOURS: 'en cours de traitement',
  ATTENTE: 'en attente de validation',
  VALIDEE: 'validation en cours',
  TERMINEE: 'validée',
  ECHEC: 'en échec',
} as const satisfies Record<TacheState, string>;

/** The summary of a reconciliation. */
export function summaryOf(subject: ExportSubject, clock: LocalClock): Summary {
  const { outcome, tache, operatorName } = subject;
  const { bridge, totals } = outcome;
  const sum = Object.values(bridge).reduce<BridgeLine>(
    (running, line) => (typeof line === 'number' ? running : { amount: running.amount + line.amount, count: running.count + line.count }),
    { amount: 0, count: 0 },
  );
  return {
    title: `Rapprochement n° ${tache.id} — ${operatorName}`,
    facts: factsOf(subject, clock),
    totals: totalRows(totals),
    bridge: [
      { label: "Correspondants : payés chez l'opérateur, échoués chez CinetPay", ...bridge.correspondents },
      { label: "Sans correspondant : chez l'opérateur seulement", ...bridge.unexplained },
      { label: "Doublons de référence chez l'opérateur", ...bridge.statementDuplicates },
      { label: 'Montants différents sous la même référence', ...bridge.amountDiffers },
      { label: 'Doublons de référence chez CinetPay', ...bridge.ledgerDuplicates },
      { label: "Absentes chez l'opérateur : succès chez CinetPay seulement", ...bridge.absent },
    ],
    bridgeSum: { label: 'Somme du passage', ...sum },
    residual: { label: 'Résidu : écart que le passage n’explique pas', amount: bridge.amountResidual, count: bridge.countResidual },
    counts: countsOf(subject),
    after: tache.validation?.result === undefined ? [] : totalRows(tache.validation.result.totals),
  };
}

function factsOf({ tache, operatorName, journal, madeAt, timeZone }: ExportSubject, clock: LocalClock): Summary['facts'] {
  const { period, validation } = tache;
  const result = validation?.result;
  return [
    ['Opérateur', `${operatorName} (${tache.operatorCode})`],
    ['Fichier', tache.fileName],
    ['Période', period === undefined ? 'aucune' : `du ${clock.french(period.start)} au ${clock.french(period.end)}`],
    ['Devise', tache.currency],
    ['État', STATES[tache.state]],
    ['Reçu', `le ${clock.french(tache.createdAt)}, de ${tache.owner}`],
    ...(validation?.firstVisa === undefined ? [] : [['Premier visa', `le ${clock.french(validation.firstVisa.at)}, de ${validation.firstVisa.by}`] as const]),
    ...(validation === undefined ? [] : [['Validé', `le ${clock.french(validation.at)}, par ${validation.by}`] as const]),
    ...(result === undefined
      ? []
      : [
          [
            'Issue de la validation',
            `${result.reconciled} rapprochée(s), ${result.notReconciled} non rapprochée(s), dont ${validation?.excluded.length ?? 0} exclue(s) et ${result.conflicts} en conflit`,
          ] as const,
        ]),
    ...(journal === undefined ? [] : [['Journal', `${journal.entries} écriture(s), empreinte ${journal.hash}`] as const]),
    ['Édité', `le ${clock.french(madeAt)}`],
    ['Heures', `à l'heure locale de l'opérateur (${timeZone})`],
  ];
}

function totalRows(totals: Totals): readonly FigureRow[] {
  return [
    { label: "Total de l'opérateur", amount: totals.operatorAmount, count: totals.operatorCount },
    { label: 'Total de CinetPay', amount: totals.ledgerAmount, count: totals.ledgerCount },
    { label: 'Écart (opérateur − CinetPay)', amount: totals.amountDifference, count: totals.countDifference },
  ];
}

function countsOf({ outcome: { counts } }: ExportSubject): Summary['counts'] {
  return [
    ['Lignes lues', counts.read],
    ['Rapprochées', counts.matched],
    ['Mises de côté', counts.setAside],
    ['En erreur', counts.bad],
    ["Absentes près d'un bord de la période", counts.nearEdge],
    ['Correspondants ambigus', counts.ambiguous],
    ['Statuts CinetPay inconnus', counts.unclassified],
    ["Transactions d'une autre devise", counts.foreign],
  ];
}
