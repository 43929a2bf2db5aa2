import type { LedgerTransaction } from '../core/ledger.ts';
import type { Tache } from '../core/tache.ts';
import type { Clock, Operators, Retries, RetryQueue } from '../ports.ts';

export interface AskRetryDependencies {
  readonly operators: Pick<Operators, 'list'>;
  readonly retries: Pick<Retries, 'ask'>;
  readonly retryQueue: RetryQueue;
  readonly now: Clock;
}

/** The payment methods and UTC days of imported transactions: some pairs, however many transactions there are. */
export class TouchedDays {
  readonly #days = new Map<string, Set<string>>();

  add(transactions: readonly Pick<LedgerTransaction, 'paymentMethod' | 'createdAt'>[]): void {
    for (const { paymentMethod, createdAt } of transactions) {
      const day = createdAt.slice(0, 10);
      const days = this.#days.get(paymentMethod);
      if (days === undefined) this.#days.set(paymentMethod, new Set([day]));
      else days.add(day);
    }
  }

  get isEmpty(): boolean {
    return this.#days.size === 0;
  }

  of(paymentMethod: string): readonly string[] {
    return [...(this.#days.get(paymentMethod) ?? [])].sort();
  }
}

/** Has what is open tried against imported transactions: one message an operator whose payment method they have. Asking again changes nothing. */
export async function askLedgerRetry(deps: AskRetryDependencies, touched: TouchedDays): Promise<void> {
  if (touched.isEmpty) return;
  for (const { code, ledger } of await deps.operators.list()) {
    const days = touched.of(ledger.paymentMethod);
    if (days.length === 0) continue;
    for (const day of days) await deps.retries.ask(code, { kind: 'ledger', day, at: deps.now() });
    await deps.retryQueue.send(code);
  }
}

/**
 * Notes that a statement is being matched, before its match reads the ledger. What is imported from then on the match may not see, and may be tried before there is
 * anything of the statement to try: those days stay due until what it leaves open was tried against them too.
 */
export async function expectStatement({ retries, now }: Pick<AskRetryDependencies, 'retries' | 'now'>, { id, operatorCode }: Tache): Promise<void> {
  await retries.ask(operatorCode, { kind: 'statement', tacheId: id, at: now() });
}

/** Has what a finished tache leaves open kept, and what others have left open tried against its statement. */
export async function askStatementRetry(deps: Omit<AskRetryDependencies, 'operators'>, { id, operatorCode }: Tache): Promise<void> {
  await deps.retries.ask(operatorCode, { kind: 'statement', tacheId: id, at: deps.now() });
  await deps.retryQueue.send(operatorCode);
}
