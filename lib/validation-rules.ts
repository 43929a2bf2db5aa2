import * as z from 'zod';
import type { ValidationRules } from './core/four-eyes.ts';
import { CURRENCIES } from './core/operator.ts';

/** What a stage asks of those who validate: the setting of cdk.json, and what functions are given of it. */
export const validationRules = z.strictObject({
  /** Whether whoever submitted or changed a tache may not validate it. */
  fourEyes: z.boolean(),
  /** Sums above which two people validate, in whole units of each currency; a currency without one has no limit. */
  twoValidatorsAbove: z.partialRecord(z.enum(CURRENCIES), z.int().positive()),
});

/** @throws Error where the variable is not what the stack writes there */
export function readValidationRules(text: string): ValidationRules {
  return validationRules.parse(JSON.parse(text));
}
