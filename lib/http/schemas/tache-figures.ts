import * as z from 'zod';
import type { Totals } from '../../core/classes.ts';
import { amountNumber, amountText, MINOR_DIGITS } from '../../core/money.ts';
import type { Tache } from '../../core/tache.ts';
import { wireTotals } from '../outcome.ts';

/** What every figure says until there is one. */
export const UNFINISHED = 'ENCOURS';

/** How amounts and counts are shown: the seed gives texts in the list, numbers elsewhere. */
interface Style<Figure> {
  readonly amount: (minor: number, digits: number) => Figure;
  readonly count: (rows: number) => Figure;
}

const TEXTS: Style<string> = { amount: amountText, count: String };
const NUMBERS: Style<number> = { amount: amountNumber, count: (rows) => rows };

const instant = z.iso.datetime();

/** The six figures, and once validated those after it. */
function figures<Figure extends z.ZodType>(figure: Figure) {
  const later = figure.optional();
  return {
    montantOperateur: figure,
    montantCinetpay: figure,
    diffMontant: figure,
    countOperator: figure,
    countCinetpay: figure,
    diffCount: figure,
    montantOperateurAfter: later,
    montantCinetpayAfter: later,
    diffMontantAfter: later,
    countOperatorAfter: later,
    countCinetpayAfter: later,
    diffCountAfter: later,
    TrxReconciled: later,
    TrxNonereconciled: later,
    dateValidation: instant.optional(),
    dateFinValidation: instant.optional(),
  };
}

export const textFigures = figures(z.string());
export const numberFigures = figures(z.union([z.number(), z.literal(UNFINISHED)]));

export function wireTextFigures(tache: Tache) {
  return wireFigures(tache, TEXTS);
}

export function wireNumberFigures(tache: Tache) {
  return wireFigures(tache, NUMBERS);
}

function wireFigures<Figure>(tache: Tache, style: Style<Figure>) {
  const { outcome, validation } = tache;
  const { count } = style;
  const result = validation?.result;
  return {
    ...(outcome === undefined ? NONE : sixFigures(outcome.totals, tache, style)),
    ...(validation && { dateValidation: validation.at }),
    ...(result && {
      ...named(sixFigures(result.totals, tache, style)),
      TrxReconciled: count(result.reconciled),
      TrxNonereconciled: count(result.notReconciled),
      dateFinValidation: result.finishedAt,
    }),
  };
}

const NONE = {
  montantOperateur: UNFINISHED,
  montantCinetpay: UNFINISHED,
  diffMontant: UNFINISHED,
  countOperator: UNFINISHED,
  countCinetpay: UNFINISHED,
  diffCount: UNFINISHED,
} as const;

function sixFigures<Figure>(totals: Totals, { currency }: Tache, { amount, count }: Style<Figure>) {
  const { countOperator, countCinetpay, diffCount, ...amounts } = wireTotals(totals, (minor) => amount(minor, MINOR_DIGITS[currency]));
  return { ...amounts, countOperator: count(countOperator), countCinetpay: count(countCinetpay), diffCount: count(diffCount) };
}

/** The figures after validation have names of their own. */
function named<Figure>(six: Readonly<Record<keyof typeof NONE, Figure>>) {
  return {
    montantOperateurAfter: six.montantOperateur,
    montantCinetpayAfter: six.montantCinetpay,
    diffMontantAfter: six.diffMontant,
    countOperatorAfter: six.countOperator,
    countCinetpayAfter: six.countCinetpay,
    diffCountAfter: six.diffCount,
  };
}
