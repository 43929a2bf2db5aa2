import * as z from 'zod';
import type { Operator } from '../../core/operator.ts';

/** An operator as the seed shows it. */
export const operatorAnswer = z.object({ id: z.int(), nom: z.string(), description: z.string(), account: z.string(), code: z.string() });

export function wireOperator({ id, name, description, account, code }: Operator): z.infer<typeof operatorAnswer> {
  return { id, nom: name, description, account, code };
}
