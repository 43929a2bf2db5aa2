import type { ResultClass } from './result-line.ts';

/** The classes as people read them. */
export const CLASS_TEXTS = {
  rapproche: 'Rapprochée',
  montant_different: 'Montants différents',
  doublon_operateur: 'Doublon opérateur',
  doublon_cinetpay: 'Doublon CinetPay',
  absent_operateur: "Absente chez l'opérateur",
  correspondent: 'Correspondant',
  not_correspondent: 'Sans correspondant',
  mis_de_cote: 'Mise de côté',
  en_erreur: 'En erreur',
} as const satisfies Record<ResultClass, string>;
