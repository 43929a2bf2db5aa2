import { secondsInstant } from '../../core/local-time.ts';
import type { Period } from '../../core/period.ts';
import type { ImportCounts, Ledger } from '../../ports.ts';
import { importBatch } from './ledger-import.ts';
import { partitionPages } from './ledger-partition.ts';
import { partitionKey, SHARDS } from './ledger-row.ts';
import { merged } from './merged.ts';

const PARALLEL_QUERIES = 16;
const IMPORT_BATCH = 1_000;
const SECOND = 1_000_000;
const DAY = 86_400;

/** The ledger table. */
export function dynamoLedger(table: string): Ledger {
  return {
    async importTransactions(transactions) {
      const latest = [...new Map(transactions.map((transaction) => [transaction.transId, transaction])).values()];
      let counts: ImportCounts = { created: 0, changed: 0, unchanged: transactions.length - latest.length };
      for (let start = 0; start < latest.length; start += IMPORT_BATCH) {
        const batch = await importBatch(table, latest.slice(start, start + IMPORT_BATCH));
        counts = { created: counts.created + batch.created, changed: counts.changed + batch.changed, unchanged: counts.unchanged + batch.unchanged };
      }
      return counts;
    },

    window(paymentMethod, period) {
      const from = wholeSecond(period.from, 0);
      const until = wholeSecond(period.until, 1);
      const partitions = daysOf(period).flatMap((day) => Array.from({ length: SHARDS }, (_, shard) => partitionKey(paymentMethod, day, shard)));
      return merged(
        partitions.map((pk) => () => partitionPages(table, { paymentMethod, pk }, from, until)),
        PARALLEL_QUERIES,
      );
    },
  };
}

/** `2026-03-12T08:27:39`: less than every sort key of that second, with or without a fraction. */
function wholeSecond(micros: number, plus: number): string {
  return secondsInstant(Math.floor(micros / SECOND) + plus).slice(0, -1);
}

function daysOf(period: Period): readonly string[] {
  const first = Math.floor(period.from / SECOND / DAY);
  const last = Math.floor((period.until - 1) / SECOND / DAY);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => secondsInstant((first + index) * DAY).slice(0, 10));
}
