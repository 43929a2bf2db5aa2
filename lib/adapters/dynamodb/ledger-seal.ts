import * as z from 'zod';
import type { Key } from './table.ts';

/**
 * What stands beside a row that does not speak for itself any more. Imports write rows without a condition, 25 at a time, and never a seal: so an import that
 * comes late, or a second time, takes nothing back.
 */
export const seal = z.discriminatedUnion('seal', [
  /** A validation made it a success. */
  z.object({ seal: z.literal('settled'), settledBy: z.int(), payid: z.string(), paymentDate: z.string() }),
  /** The transaction was moved from here or to here: its pointer tells where it is. */
  z.object({ seal: z.literal('moved') }),
]);
export type Seal = z.infer<typeof seal>;

/** The seal lies in the row's partition, at the same instant and before it: no instant has either sign. */
export function sealKey({ pk, sk }: Key): Key {
  return { pk, sk: sk.replace('#', '!') };
}
