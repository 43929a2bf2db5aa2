import * as z from 'zod';
import type { FirstVisa } from '../../core/four-eyes.ts';
import { amountNumber, MINOR_DIGITS } from '../../core/money.ts';
import type { ValidationStep } from '../../use-cases/validate-tache.ts';
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
  .object({
    ids: z.array(id).max(MOST_EXCLUDED).nullish(),
    motif: reason.optional(),
    /** Takes the place of somebody else's first visa, rather than completing it. */
    nouveauVisa: z.boolean().optional(),
  })
  .optional()
  .transform((body) => ({ excluded: body?.ids ?? [], reason: body?.motif ?? '', renewsVisa: body?.nouveauVisa ?? false }));

/** The six figures after validation. */
export const validationFigures = z.object({
  montantOperateur: z.number(),
  montantCinetpay: z.number(),
  diffMontant: z.number(),
  countOperator: z.int(),
  countCinetpay: z.int(),
  diffCount: z.int(),
});

/** What the first of two has agreed to: `ids` are the correspondents left out. */
export const firstVisa = z.object({ auteur: z.string(), date: z.iso.datetime(), ids: z.array(z.int()), motif: z.string() });

/** What the first of two validators is told. */
export const firstVisaAnswer = z.object({ resultat: z.string(), premierVisa: firstVisa, details: singleTache });

/** The figures; the tache where its validation goes on after the answer; the visa where a second person must agree. */
export const validationAnswer = z.union([singleTache, validationFigures, firstVisaAnswer]);

export function validationStatus(answer: z.infer<typeof validationAnswer>): 201 | 202 {
  return 'etat' in answer || 'premierVisa' in answer ? 202 : 201;
}

const AWAITS_SECOND =
  'Premier visa enregistré. Le montant à valider dépasse le seuil à partir duquel il faut deux personnes : rien n’est encore appliqué. Une autre personne doit valider la tâche avec les mêmes `ids`.';

export function wireValidation({ tache, firstVisa: visa }: ValidationStep): z.infer<typeof validationAnswer> {
  const result = tache.validation?.result;
  if (result !== undefined) return wireTotals(result.totals, (minor) => amountNumber(minor, MINOR_DIGITS[tache.currency]));
  return visa === undefined ? wireTache(tache) : { resultat: AWAITS_SECOND, premierVisa: wireFirstVisa(visa), details: wireTache(tache) };
}

export function wireFirstVisa({ by, at, excluded, reason: motif }: FirstVisa): z.infer<typeof firstVisa> {
  return { auteur: by, date: at, ids: [...excluded], motif };
}
