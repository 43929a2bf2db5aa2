import type { AnomalyDetail } from '../core/detail.ts';

/** Why a row is an anomaly, as people read it. */
export function anomalyReason(anomaly: AnomalyDetail): string {
  switch (anomaly.type) {
    case 'amount-differs':
      return amountsDifferFrench(anomaly.row.amount, anomaly.transaction.amount);
    case 'statement-duplicate':
      return ANOMALY_FRENCH['statement-duplicate'];
    case 'ledger-duplicate':
      return ANOMALY_FRENCH['ledger-duplicate'];
    case 'absent':
      return ANOMALY_FRENCH[anomaly.nearEdge ? 'near-edge' : 'absent'];
    default:
      return anomaly satisfies never;
  }
}

/** Amounts as each side shows them. */
export function amountsDifferFrench(operator: string, ledger: string): string {
  return `Même référence, montants différents : ${operator} chez l'opérateur, ${ledger} chez CinetPay.`;
}

export const ANOMALY_FRENCH = {
  'statement-duplicate': 'Une autre ligne du relevé porte déjà cette référence.',
  'ledger-duplicate': 'Un autre succès de CinetPay porte déjà cette référence.',
  absent: "Succès chez CinetPay que le relevé de l'opérateur ne montre pas.",
  'near-edge': "Succès chez CinetPay que le relevé de l'opérateur ne montre pas ; près d'un bord de la période, ce peut n'être qu'un décalage d'heure.",
} as const;
