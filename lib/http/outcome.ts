import type { Bridge, BridgeLine } from '../core/bridge.ts';
import type { Classes, Totals } from '../core/classes.ts';
import type { Listed } from '../core/listed.ts';
import { type SetAsideReason, type SetAsideRow, setAsideCounts } from '../core/set-aside.ts';
import type { StatementRefusal } from '../core/statement-refusal.ts';

/** The six figures under their wire names. `figure` decides how an amount in minor units is shown. */
export function wireTotals<Amount>(totals: Totals, figure: (minor: number) => Amount) {
  return {
    montantOperateur: figure(totals.operatorAmount),
    montantCinetpay: figure(totals.ledgerAmount),
    diffMontant: figure(totals.amountDifference),
    countOperator: totals.operatorCount,
    countCinetpay: totals.ledgerCount,
    diffCount: totals.countDifference,
  };
}

/** The bridge under its wire names: what each class adds to `diffMontant` and `diffCount`. */
export function wireBridge<Amount>(bridge: Bridge, figure: (minor: number) => Amount) {
  const line = ({ amount, count }: BridgeLine) => ({ montant: figure(amount), nombre: count });
  return {
    correspondent: line(bridge.correspondents),
    not_correspondent: line(bridge.unexplained),
    doublon_operateur: line(bridge.statementDuplicates),
    montant_different: line(bridge.amountDiffers),
    doublon_cinetpay: line(bridge.ledgerDuplicates),
    absent_operateur: line(bridge.absent),
    residu: figure(bridge.amountResidual),
    residuNombre: bridge.countResidual,
  };
}

/** The classes under their wire names: row numbers, transaction ids, or pairs of both. */
export function wireClasses(classes: Classes, setAside: readonly SetAsideRow[]) {
  const pairs = (items: Classes['matched'] | Classes['correspondents']) =>
    items.map(({ row, candidate }): [number, string] => [row.number, candidate.transaction.transId]).sort(([one], [other]) => one - other);
  const numbers = (rows: Listed<{ readonly number: number }>) => rows.map(({ number }) => number).sort((one, other) => one - other);
  return {
    rapproche: pairs(classes.matched),
    montant_different: pairs(classes.amountDiffers),
    doublon_operateur: numbers(classes.statementDuplicates),
    doublon_cinetpay: classes.ledgerDuplicates.map(({ transaction }) => transaction.transId).sort(),
    correspondent: pairs(classes.correspondents),
    not_correspondent: numbers(classes.unexplained),
    absent_operateur: classes.absent.map(({ candidate }) => candidate.transaction.transId).sort(),
    mis_de_cote: numbers(setAside),
  };
}

/** How many statement rows are set aside for each reason, under wire names. */
export function wireSetAside(rows: readonly SetAsideRow[]) {
  return wireSetAsideCounts(setAsideCounts(rows));
}

export function wireSetAsideCounts(counts: Readonly<Record<SetAsideReason, number>>) {
  return {
    sans_credit: counts['no-credit'],
    sans_succes: counts['not-successful'],
    unclassified: counts.unclassified,
    debit: counts.debit,
    autre_type: counts['other-type'],
  };
}

/** The contract's body for a statement that is not taken. */
export function wireRefusal(refusal: StatementRefusal) {
  switch (refusal.kind) {
    case 'headers':
    case 'sheet':
      return { file: 'the headers do not match' };
    case 'account':
      return { operator: 'invalid' };
    case 'bad-rows':
      return { file: 'empty', 'problem to line ': refusal.rows.map(({ number }) => number) };
    default:
      return refusal satisfies never;
  }
}
