import { createHash } from 'node:crypto';
import { DeleteItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { LedgerTransaction } from '../../core/ledger.ts';
import { secondsInstant } from '../../core/local-time.ts';
import type { Period } from '../../core/period.ts';
import type { ImportCounts, Ledger } from '../../ports.ts';
import { conditionally, dynamodb, fromItem, getAll, type Key, putAll, toItem } from './table.ts';

/** A day of one payment method is spread over so many partitions: they are written and read in parallel. */
const SHARDS = 16;
const PARALLEL_QUERIES = 16;
const IMPORT_BATCH = 1_000;
const SECOND = 1_000_000;
const DAY = 86_400;

const text = z.string();
const storedTransaction: z.ZodType<LedgerTransaction> = z.object({
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
const pointer = z.object({ transId: text, rowPk: text, rowSk: text, digest: text });
type Pointer = z.infer<typeof pointer>;

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

    async *window(paymentMethod, period) {
      const partitions = daysOf(period).flatMap((day) => Array.from({ length: SHARDS }, (_, shard) => `${paymentMethod}#${day}#${shard}`));
      for (let start = 0; start < partitions.length; start += PARALLEL_QUERIES) {
        const pages = await Promise.all(partitions.slice(start, start + PARALLEL_QUERIES).map((pk) => queryPartition(table, pk, period)));
        for (const page of pages) if (page.length > 0) yield page;
      }
    },
  };
}

/** Rows first, pointers last: an import that dies in between writes the same rows again. */
async function importBatch(table: string, transactions: readonly LedgerTransaction[]): Promise<ImportCounts> {
  const pointers = new Map<string, Pointer>();
  const found = await getAll(
    table,
    transactions.map(({ transId }) => pointerKey(transId)),
  );
  for (const item of found) {
    const known = pointer.parse(item);
    pointers.set(known.transId, known);
  }
  const created = transactions.filter(({ transId }) => !pointers.has(transId));
  const changed = transactions.filter((transaction) => {
    const known = pointers.get(transaction.transId);
    return known !== undefined && known.digest !== digestOf(transaction);
  });
  await putAll(table, created.map(rowItem));
  await putAll(table, created.map(pointerItem));
  let replaced = 0;
  for (const transaction of changed) {
    const known = pointers.get(transaction.transId);
    if (known !== undefined && (await replaceRow(table, transaction, known))) replaced += 1;
  }
  return { created: created.length, changed: replaced, unchanged: transactions.length - created.length - replaced };
}

/** False where a validation has settled the row: it is never taken back. */
async function replaceRow(table: string, transaction: LedgerTransaction, known: Pointer): Promise<boolean> {
  const key = rowKey(transaction);
  const moved = key.pk !== known.rowPk || key.sk !== known.rowSk;
  if (moved) {
    const removed = await conditionally(
      dynamodb.send(new DeleteItemCommand({ TableName: table, Key: toItem({ pk: known.rowPk, sk: known.rowSk }), ConditionExpression: 'attribute_not_exists(settledBy)' })),
    );
    if (!removed) return false;
  }
  const written = await conditionally(
    dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem(rowItem(transaction)), ConditionExpression: 'attribute_not_exists(settledBy)' })),
  );
  if (written) await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem(pointerItem(transaction)) }));
  return written;
}

async function queryPartition(table: string, pk: string, period: Period): Promise<readonly LedgerTransaction[]> {
  const transactions: LedgerTransaction[] = [];
  let start: ReturnType<typeof toItem> | undefined;
  do {
    const answer = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
        ExpressionAttributeValues: toItem({ ':pk': pk, ':from': wholeSecond(period.from, 0), ':until': wholeSecond(period.until, 1) }),
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    for (const item of answer.Items ?? []) transactions.push(storedTransaction.parse(fromItem(item)));
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
  return transactions;
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

/** Where the row of a transaction lies. */
export function rowKey({ paymentMethod, createdAt, transId }: Pick<LedgerTransaction, 'paymentMethod' | 'createdAt' | 'transId'>): Key {
  return { pk: `${paymentMethod}#${createdAt.slice(0, 10)}#${shardOf(transId)}`, sk: `${createdAt}#${transId}` };
}

function rowItem(transaction: LedgerTransaction) {
  return { ...transaction, ...rowKey(transaction) };
}

/** Where it stands which row is a transaction's. */
export function pointerKey(transId: string): Key {
  return { pk: `transaction#${transId}`, sk: '-' };
}

function pointerItem(transaction: LedgerTransaction) {
  const { pk, sk } = rowKey(transaction);
  return { ...pointerKey(transaction.transId), transId: transaction.transId, rowPk: pk, rowSk: sk, digest: digestOf(transaction) };
}

function digestOf(transaction: LedgerTransaction): string {
  const fields = Object.entries(transaction).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(fields)).digest('base64url').slice(0, 22);
}

function shardOf(transId: string): number {
  return (createHash('sha256').update(transId).digest()[0] ?? 0) % SHARDS;
}
