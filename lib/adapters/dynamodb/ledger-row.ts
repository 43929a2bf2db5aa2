import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { LedgerTransaction } from '../../core/ledger.ts';
import type { Key } from './table.ts';

/** A day of one payment method is spread over so many partitions: they are written and read in parallel. */
export const SHARDS = 16;

const text = z.string();

/** A transaction as its row holds it, keys left out. */
export const storedTransaction: z.ZodType<LedgerTransaction> = z.object({
  transId: text,
  createdAt: text,
  paymentDate: text,
  merchant: text,
  merchantEmail: text,
  serviceName: text,
  siteId: text,
  amount: text,
  currency: text,
  paymentMethod: text,
  phone: z.union([text, z.number()]),
  status: text,
  payid: text,
  custom: text,
});

/** The partition of a day (`2026-03-12`) of a payment method in which a shard of it lies. */
export function partitionKey(paymentMethod: string, day: string, shard: number): string {
  return `${paymentMethod}#${day}#${shard}`;
}

/** Where the row of a transaction lies. */
export function rowKey({ paymentMethod, createdAt, transId }: Pick<LedgerTransaction, 'paymentMethod' | 'createdAt' | 'transId'>): Key {
  return { pk: partitionKey(paymentMethod, createdAt.slice(0, 10), shardOf(transId)), sk: `${createdAt}#${transId}` };
}

export function rowItem(transaction: LedgerTransaction) {
  return { ...transaction, ...rowKey(transaction) };
}

function shardOf(transId: string): number {
  return (createHash('sha256').update(transId).digest()[0] ?? 0) % SHARDS;
}
