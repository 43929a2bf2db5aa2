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

/** Tells where a transaction's row lies, and what was imported last. */
export const pointer = z.object({ transId: text, rowPk: text, rowSk: text, digest: text });
export type Pointer = z.infer<typeof pointer>;

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

/** Where it stands which row is a transaction's. */
export function pointerKey(transId: string): Key {
  return { pk: `transaction#${transId}`, sk: '-' };
}

export function pointerItem(transaction: LedgerTransaction): Pointer & Key {
  const { pk, sk } = rowKey(transaction);
  return { ...pointerKey(transaction.transId), transId: transaction.transId, rowPk: pk, rowSk: sk, digest: digestOf(transaction) };
}

export function pointsTo({ rowPk, rowSk }: Pointer, { pk, sk }: Key): boolean {
  return rowPk === pk && rowSk === sk;
}

/** Tells whether a transaction is the one that was imported last. */
export function digestOf(transaction: LedgerTransaction): string {
  const fields = Object.entries(transaction).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(fields)).digest('base64url').slice(0, 22);
}

function shardOf(transId: string): number {
  return (createHash('sha256').update(transId).digest()[0] ?? 0) % SHARDS;
}
