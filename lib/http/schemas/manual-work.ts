import * as z from 'zod';
import type { ManualWork } from '../../use-cases/work-by-hand.ts';
import { notCorrespondent } from './details.ts';
import { reason } from './validation.ts';

const why = reason.min(1, { error: 'Dites pourquoi : le journal le garde.' });

/** What is done with an unexplained row, and why. */
export const manualWorkBody = z.discriminatedUnion('action', [
  z.object({ action: z.literal('lier'), cpm_trans_id: z.string().trim().min(1).max(200), motif: why }),
  z.object({ action: z.literal('delier'), motif: why }),
  z.object({ action: z.literal('ecarter'), motif: why }),
  z.object({ action: z.literal('reprendre'), motif: why }),
  z.object({ action: z.literal('commenter'), motif: why }),
]);

const ACTIONS = { lier: 'lien', delier: 'lien-retire', ecarter: 'mise-de-cote', reprendre: 'mise-de-cote-retiree', commenter: 'commentaire' } as const;

export function manualWork(body: z.infer<typeof manualWorkBody>): ManualWork {
  return body.action === 'lier' ? { action: ACTIONS.lier, transId: body.cpm_trans_id, reason: body.motif } : { action: ACTIONS[body.action], reason: body.motif };
}

const number = z
  .string()
  .regex(/^\d{1,15}$/u)
  .transform(Number);

export const rowPath = z.object({ id: number, ligne: number });

export const manualWorkAnswer = notCorrespondent;
