import type { LedgerTransaction } from '../../lib/core/ledger.ts';
import { statusVerdict } from '../../lib/core/ledger.ts';
import { instantMicros } from '../../lib/core/local-time.ts';
import { contains } from '../../lib/core/period.ts';
import type { Ledger, Settlements } from '../../lib/ports.ts';
import { seen } from '../adapters/contract/ledger-entries.ts';

export interface LedgerInMemory extends Ledger, Settlements {
  all(): readonly LedgerTransaction[];
}

/** A ledger in a map, by transaction id, given back in pages of some rows. */
export function ledgerInMemory(transactions: readonly LedgerTransaction[] = [], pageRows = 3): LedgerInMemory {
  const rows = new Map<string, LedgerTransaction>(transactions.map((transaction) => [transaction.transId, transaction]));
  const settledBy = new Map<string, number>();
  const imported = new Map<string, string>(transactions.map((transaction) => [transaction.transId, JSON.stringify(transaction)]));
  return {
    all: () => [...rows.values()],
    async importTransactions(batch) {
      const latest = new Map(batch.map((transaction) => [transaction.transId, transaction]));
      let created = 0;
      let changed = 0;
      for (const [transId, transaction] of latest) {
        const known = imported.get(transId);
        if (settledBy.has(transId) || known === JSON.stringify(transaction)) continue;
        rows.set(transId, transaction);
        imported.set(transId, JSON.stringify(transaction));
        if (known === undefined) created += 1;
        else changed += 1;
      }
      return { created, changed, unchanged: batch.length - created - changed };
    },
    async *window(paymentMethod, period) {
      const found = [...rows.values()].filter(({ createdAt, ...row }) => row.paymentMethod === paymentMethod && contains(period, instantMicros(createdAt) ?? Number.NaN));
      for (let start = 0; start < found.length; start += pageRows) yield found.slice(start, start + pageRows).map(seen);
    },
    async settle({ transId }, { tacheId, payid, paymentDate }) {
      const row = rows.get(transId);
      const by = settledBy.get(transId);
      if (by !== undefined) return by === tacheId ? 'applied' : 'conflict';
      if (row === undefined || statusVerdict(row.status) === 'success') return 'conflict';
      rows.set(transId, { ...row, status: 'SUCCES', payid, paymentDate });
      settledBy.set(transId, tacheId);
      return 'applied';
    },
  };
}
