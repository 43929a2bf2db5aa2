import type { Ledger, Taches } from '../ports.ts';
import { type AskRetryDependencies, askLedgerRetry, askStatementRetry, TouchedDays } from './ask-retry.ts';

/** Has what a tache leaves open carried forward, once it has a result: a match that comes twice asks twice, which changes nothing. */
export async function carryForward(deps: Omit<AskRetryDependencies, 'operators'> & { readonly taches: Pick<Taches, 'get'> }, tacheId: number): Promise<void> {
  const tache = await deps.taches.get(tacheId);
  if (tache?.outcome !== undefined) await askStatementRetry(deps, tache);
}

/** Imports into a ledger, and has what is open tried against what was imported, though the import broke off. */
export async function importAndRetry<Result>(deps: AskRetryDependencies & { readonly ledger: Ledger }, work: (ledger: Ledger) => Promise<Result>): Promise<Result> {
  const touched = new TouchedDays();
  const { ledger } = deps;
  try {
    return await work({
      window: (paymentMethod, period) => ledger.window(paymentMethod, period),
      importTransactions(transactions) {
        touched.add(transactions);
        return ledger.importTransactions(transactions);
      },
    });
  } finally {
    await askLedgerRetry(deps, touched);
  }
}
