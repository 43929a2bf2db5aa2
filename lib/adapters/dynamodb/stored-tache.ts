import * as z from 'zod';
import { CURRENCIES } from '../../core/operator.ts';
import type { Tache } from '../../core/tache.ts';
import { TACHE_STATES } from '../../core/tache.ts';
import { storedOutcome, storedValidation } from './stored-outcome.ts';

const count = z.int().nonnegative();

/** A tache as the registry holds it, keys left out. */
export const storedTache: z.ZodType<Tache> = z.object({
  id: z.int().positive(),
  createdAt: z.string(),
  updatedAt: z.string(),
  state: z.enum(TACHE_STATES),
  owner: z.string(),
  fileName: z.string(),
  description: z.string(),
  resumable: z.boolean().optional(),
  operatorCode: z.string(),
  operatorId: z.int(),
  currency: z.enum(CURRENCIES),
  bounds: z.object({ start: z.string().optional(), end: z.string().optional() }),
  period: z.object({ start: z.string(), end: z.string() }).optional(),
  source: z.object({ key: z.string(), versionId: z.string().optional() }),
  progress: z.object({ step: z.enum(['lecture', 'rapprochement', 'ecriture']), rows: count, percent: z.number() }).optional(),
  outcome: storedOutcome.optional(),
  validation: storedValidation.optional(),
});
