import * as z from 'zod';
import { amountText, MINOR_DIGITS } from '../../core/money.ts';
import { CURRENCIES } from '../../core/operator.ts';
import type { singleTache } from '../../http/schemas/tache.ts';
import { bridgeTable, type Figures, figuresTable, grouped } from '../figures-table.ts';

export type RemoteTache = z.infer<typeof singleTache>;

/** What each state means to whoever waits. */
const STATES = {
  CREATION: 'enregistrée, son traitement va commencer',
  ENCOURS: 'en cours de traitement',
  ATTENTE: 'attend sa validation',
  VALIDEE: 'validation en cours',
  TERMINEE: 'validée',
  ECHEC: 'en échec',
} as const satisfies Record<RemoteTache['etat'], string>;

const figure = z.number();
const figures = z.object({ montantOperateur: figure, montantCinetpay: figure, diffMontant: figure, countOperator: figure, countCinetpay: figure, diffCount: figure });

/** A tache as a person reads it: what it is, its six figures, its bridge, and what a validation made of them. @param operator how its operator is called */
export function tacheReport(tache: RemoteTache, operator: string): string {
  const money = moneyOf(tache.devise);
  const { data: six } = figures.safeParse(tache);
  return [
    `Tâche ${tache.id} · ${tache.fileName} · ${tache.etat} (${STATES[tache.etat]})`,
    `${operator}, montants en ${tache.devise}, déposée par ${tache.owner}`,
    ...periodLines(tache),
    ...(tache.description === '' ? [] : [tache.description]),
    ...(tache.progression === undefined ? [] : [`${tache.progression.etape} : ${tache.progression.lignes} ligne(s), ${tache.progression.pourcent} %`]),
    ...(six === undefined ? [] : ['', ...figuresTable(six, money)]),
    ...(tache.passage === undefined ? [] : ['', ...bridgeTable(tache.passage, money)]),
    ...(tache.comptes === undefined ? [] : ['', ...countLines(tache.comptes)]),
    ...afterLines(tache, money),
  ].join('\n');
}

/** Whether operator and ledger agree on every row. */
export function isEqual({ passage }: RemoteTache): boolean {
  if (passage === undefined) return false;
  const { residu, residuNombre, ...classes } = passage;
  return residu === 0 && residuNombre === 0 && Object.values(classes).every(({ montant, nombre }) => montant === 0 && nombre === 0);
}

/** How amounts in the main unit of a currency are written. */
export function moneyOf(devise: string): (amount: number) => string {
  const { data: currency } = z.enum(CURRENCIES).safeParse(devise);
  const digits = currency === undefined ? 0 : MINOR_DIGITS[currency];
  return (amount) => grouped(amountText(Math.round(amount * 10 ** digits), digits));
}

/** An instant as it is shown at the terminal, in UTC. */
export function momentText(instant: string): string {
  return instant.slice(0, 19).replace('T', ' ');
}

function periodLines({ dateDebut, dateFin }: RemoteTache): readonly string[] {
  return dateDebut === null || dateFin === null ? [] : [`Période du ${momentText(dateDebut)} au ${momentText(dateFin)} (UTC)`];
}

function countLines(comptes: NonNullable<RemoteTache['comptes']>): readonly string[] {
  const note = (count: number, text: string) => (count === 0 ? [] : [`${count} ${text}`]);
  return [
    `${comptes.lues} ligne(s) lues : ${comptes.rapproche} rapprochée(s), ${comptes.montant_different} au montant différent, ${comptes.correspondent} correspondant(s), ${comptes.not_correspondent} sans correspondant`,
    ...note(comptes.ambigu, 'correspondant(s) ambigu(s) : un autre choix était aussi proche'),
    ...note(comptes.limite, "absent(s) de l'opérateur en limite de période"),
    ...note(comptes.mis_de_cote, 'ligne(s) du relevé mises de côté'),
    ...note(comptes.en_erreur, 'ligne(s) du relevé en erreur, écartées'),
    ...note(comptes.devise_etrangere, "transaction(s) dont le montant n'existe pas dans la devise"),
    ...note(comptes.unclassified, 'transaction(s) au statut inconnu, comptées comme non réussies'),
  ];
}

function afterLines(tache: RemoteTache, money: (amount: number) => string): readonly string[] {
  const { data: six } = figures.safeParse({
    montantOperateur: tache.montantOperateurAfter,
    montantCinetpay: tache.montantCinetpayAfter,
    diffMontant: tache.diffMontantAfter,
    countOperator: tache.countOperatorAfter,
    countCinetpay: tache.countCinetpayAfter,
    diffCount: tache.diffCountAfter,
  });
  if (six === undefined) return [];
  return [
    '',
    'Après validation',
    ...figuresTable(six satisfies Figures, money),
    `${tache.TrxReconciled} transaction(s) rapprochée(s), ${tache.TrxNonereconciled} non rapprochée(s)`,
  ];
}
