import type { LedgerTransaction, WindowTransaction } from '../../../lib/core/ledger.ts';
import { instantMicros } from '../../../lib/core/local-time.ts';
import type { Period } from '../../../lib/core/period.ts';
import type { Ledger } from '../../../lib/ports.ts';

let made = 0;

/** An id that no other entry has. */
function aTransId(): string {
  made += 1;
  return `T${made}`;
}

/** A payment method of which the ledger has nothing yet. */
export function aPaymentMethod(): string {
  made += 1;
  return `OM${made}`;
}

/** A failed transaction of 7 March 2026 that nothing else has the id of, with some values changed. */
export function anEntry(changes: Partial<LedgerTransaction> = {}): LedgerTransaction {
  return {
    transId: aTransId(),
    createdAt: '2026-03-07T12:00:00Z',
    paymentDate: '',
    merchant: 'BOUTIQUE A',
    merchantEmail: '',
    serviceName: 'SHOP',
    siteId: '1',
    amount: '5000',
    currency: 'XOF',
    paymentMethod: 'OM',
    phone: '0707123456',
    status: 'FAILED',
    payid: '',
    custom: '',
    ...changes,
  };
}

/** An entry as a window shows it: without what no reconciliation uses. */
export function seen({ merchantEmail: _email, siteId: _site, currency: _currency, ...shown }: LedgerTransaction): WindowTransaction {
  return shown;
}

/** The stretch between two instants; the last one belongs to it no more. */
export function between(from: string, until: string): Period {
  return { from: microsOf(from), until: microsOf(until) };
}

const MARCH = between('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z');

/** What a window holds, in the order of the ids. */
export async function inWindow(ledger: Ledger, paymentMethod: string, period: Period = MARCH): Promise<readonly WindowTransaction[]> {
  const found: WindowTransaction[] = [];
  for await (const page of ledger.window(paymentMethod, period)) found.push(...page);
  return found.sort((one, other) => (one.transId < other.transId ? -1 : 1));
}

function microsOf(instant: string): number {
  const micros = instantMicros(instant);
  if (micros === undefined) throw new Error(`${instant} is no instant`);
  return micros;
}
