import { QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { DetailKind, Details } from '../../core/detail.ts';
import type { DetailsOf, DetailsStore } from '../../ports.ts';
import { dynamodb, fromItem, putAll, toItem } from './table.ts';

/** Rows of one partition: a million exceptions do not queue behind one key. */
const PAGE_ROWS = 1_000;
const INDEX_DIGITS = 3;

const text = z.string();
const row = z.object({ number: z.int().nonnegative(), time: text, payid: text, amount: text, phone: text, status: text, account: text, transId: text });
const transaction = z.object({ transId: text, createdAt: text, amount: text, phone: text, paymentMethod: text, status: text, payid: text, custom: text });
const id = z.int().positive();

const STORED = {
  correspondent: z.object({ id, row, transaction, ambiguous: z.boolean() }),
  unexplained: z.object({ id, row }),
  anomaly: z.discriminatedUnion('type', [
    z.object({ type: z.literal('amount-differs'), row, transaction }),
    z.object({ type: z.literal('statement-duplicate'), row }),
    z.object({ type: z.literal('ledger-duplicate'), transaction }),
    z.object({ type: z.literal('absent'), transaction, nearEdge: z.boolean() }),
  ]),
} as const satisfies Record<DetailKind, z.ZodType>;

/** The details of a registry table. */
export function dynamoDetails(table: string): DetailsStore {
  const readRows = async <Item>(tacheId: number, kind: DetailKind, from: number, to: number, stored: z.ZodType<Item>): Promise<readonly Item[]> => {
    const pages = Array.from({ length: Math.ceil(to / PAGE_ROWS) - Math.floor(from / PAGE_ROWS) }, (_, index) => Math.floor(from / PAGE_ROWS) + index);
    const items = await Promise.all(pages.map((page) => readPage(table, partition(tacheId, kind, page), from - page * PAGE_ROWS, to - page * PAGE_ROWS)));
    return items.flat().map((item) => stored.parse(item));
  };
  const readers: { readonly [Kind in DetailKind]: (tacheId: number, from: number, to: number) => Promise<DetailsOf<Kind>> } = {
    correspondent: (tacheId, from, to) => readRows(tacheId, 'correspondent', from, to, STORED.correspondent),
    unexplained: (tacheId, from, to) => readRows(tacheId, 'unexplained', from, to, STORED.unexplained),
    anomaly: (tacheId, from, to) => readRows(tacheId, 'anomaly', from, to, STORED.anomaly),
  };
  return {
    async write(tacheId, details: Details) {
      const itemsOf = (kind: DetailKind, rows: readonly object[]) =>
        rows.map((item, index) => ({ ...item, pk: partition(tacheId, kind, Math.floor(index / PAGE_ROWS)), sk: sortKey(index % PAGE_ROWS) }));
      await putAll(table, [...itemsOf('correspondent', details.correspondents), ...itemsOf('unexplained', details.unexplained), ...itemsOf('anomaly', details.anomalies)]);
    },
    read: (tacheId, kind, from, to) => readers[kind](tacheId, from, Math.max(from, to)),
  };
}

async function readPage(table: string, pk: string, from: number, to: number): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  let start: ReturnType<typeof toItem> | undefined;
  do {
    const answer = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: toItem({ ':pk': pk, ':from': sortKey(Math.max(0, from)), ':to': sortKey(Math.min(PAGE_ROWS, to) - 1) }),
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    for (const item of answer.Items ?? []) items.push(fromItem(item));
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

function partition(tacheId: number, kind: DetailKind, page: number): string {
  return `${tacheId}#${kind}#${page}`;
}

function sortKey(index: number): string {
  return String(index).padStart(INDEX_DIGITS, '0');
}
