import * as z from 'zod';
import type { Operator } from '../../core/operator.ts';
import { optionalFilter } from './paging.ts';

/** An operator as the seed shows it. */
export const operatorAnswer = z.object({ id: z.int(), nom: z.string(), description: z.string(), account: z.string(), code: z.string() });

export const operatorList = z.array(operatorAnswer);

/** `fermes=1` lists those too that take no statements any more. */
export const operatorsQuery = z.object({ fermes: optionalFilter(z.enum(['0', '1'])) });

export function wireOperator({ id, name, description, account, code }: Operator): z.infer<typeof operatorAnswer> {
  return { id, nom: name, description, account, code };
}
