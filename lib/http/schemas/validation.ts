import * as z from 'zod';
import { amountNumber, MINOR_DIGITS } from '../../core/money.ts';
import type { Tache } from '../../core/tache.ts';
import { wireTotals } from '../outcome.ts';
import { singleTache, wireTache } from './tache.ts';

/** A tache holds the ids that were left out: more of them than this would not fit its item. */
const MOST_EXCLUDED = 20_000;
const LONGEST_REASON = 1_000;

const id = z.union(
  [
    z.int().positive(),
    z
      .string()
      .regex(/^\d{1,15}$/u)
      .transform(Number),
  ],
  { error: 'Un identifiant de correspondant est attendu.' },
);

/** Why something is done, for the journal. */
export const reason = z
  .string()
  .trim()
  .max(LONGEST_REASON, { error: `Au plus ${LONGEST_REASON} caractères.` });

/** `{}`, `{"ids": […]}` or no body at all: ids of correspondents that must not be validated, as numbers or texts. */
export const validationBody = z
  .object({ ids: z.array(id).max(MOST_EXCLUDED).nullish(), motif: reason.optional() })
  .optional()
  .transform((body) => ({ ids: body?.ids ?? [], motif: body?.motif ?? '' }));

/** The six figures after validation. */
export const validationFigures = z.object({
  montantOperateur: z.number(),
  montantCinetpay: z.number(),
  diffMontant: z.number(),
  countOperator: z.int(),
  countCinetpay: z.int(),
  diffCount: z.int(),
});

/** The figures, or the tache where its validation goes on after the answer. */
export const validationAnswer = z.union([singleTache, validationFigures]);

export function validationStatus(answer: z.infer<typeof validationAnswer>): 201 | 202 {
  return 'etat' in answer ? 202 : 201;
}

export function wireValidation(tache: Tache): z.infer<typeof validationAnswer> {
  const result = tache.validation?.result;
  return result === undefined ? wireTache(tache) : wireTotals(result.totals, (minor) => amountNumber(minor, MINOR_DIGITS[tache.currency]));
}
