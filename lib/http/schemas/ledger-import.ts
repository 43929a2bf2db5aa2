import * as z from 'zod';
import type { ImportResult } from '../../use-cases/import-ledger.ts';

/** The body of `POST /cinetpay/`: an array of transactions. */
export const transactions = z.array(z.record(z.string(), z.unknown()));

export const importAnswer = z.object({
  recus: z.int(),
  nouveaux: z.int(),
  modifies: z.int(),
  inchanges: z.int(),
  rejets: z.array(z.object({ ligne: z.int(), raison: z.string() })),
});

export function wireImport({ received, created, changed, unchanged, rejected }: ImportResult): z.infer<typeof importAnswer> {
  return { recus: received, nouveaux: created, modifies: changed, inchanges: unchanged, rejets: rejected.map(({ number, reason }) => ({ ligne: number, raison: reason })) };
}
