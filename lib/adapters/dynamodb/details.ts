import { createHash } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { DETAIL_KINDS, type DetailKind, type Details } from '../../core/detail.ts';
import type { Clock, DetailsOf, DetailsStore } from '../../ports.ts';
import { dynamodb, fromItem, putAll, toItem } from './table.ts';

/** Rows of one partition: a million exceptions do not queue behind one key. */
const PAGE_ROWS = 1_000;
const INDEX_DIGITS = 3;
const EDITION_CHARACTERS = 16;
/** An item holds 400 KB: of an absurdly long cell the beginning is enough to find it in the file. */
const LONGEST_TEXT = 4_000;

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

/** How long what is written is kept. */
export interface Retention {
  readonly days: number;
  readonly now: Clock;
}

const DAY_SECONDS = 86_400;

/** The details of a registry table. @param retention of what is written; without one it has no end */
export function dynamoDetails(table: string, retention?: Retention): DetailsStore {
  const readRows = async <Item>(tacheId: number, edition: string, kind: DetailKind, from: number, to: number, stored: z.ZodType<Item>): Promise<readonly Item[]> => {
    if (from >= to) return [];
    const pages = Array.from({ length: Math.ceil(to / PAGE_ROWS) - Math.floor(from / PAGE_ROWS) }, (_, index) => Math.floor(from / PAGE_ROWS) + index);
    const items = await Promise.all(pages.map((page) => readPage(table, partition(tacheId, edition, kind, page), from - page * PAGE_ROWS, to - page * PAGE_ROWS)));
    return items.flat().map((item) => stored.parse(item));
  };
  const readers: { readonly [Kind in DetailKind]: (tacheId: number, edition: string, from: number, to: number) => Promise<DetailsOf<Kind>> } = {
    correspondent: (tacheId, edition, from, to) => readRows(tacheId, edition, 'correspondent', from, to, STORED.correspondent),
    unexplained: (tacheId, edition, from, to) => readRows(tacheId, edition, 'unexplained', from, to, STORED.unexplained),
    anomaly: (tacheId, edition, from, to) => readRows(tacheId, edition, 'anomaly', from, to, STORED.anomaly),
  };
  return {
    async write(tacheId, details: Details) {
      const lists = { correspondent: details.correspondents, unexplained: details.unexplained, anomaly: details.anomalies } as const satisfies Record<
        DetailKind,
        readonly object[]
      >;
      const edition = editionOf(lists);
      const expiresAt = retention && Math.floor(Date.parse(retention.now()) / 1_000) + retention.days * DAY_SECONDS;
      const itemOf = (kind: DetailKind, detail: object, index: number) => ({
        ...shortened(detail),
        ...(expiresAt !== undefined && { expiresAt }),
        pk: partition(tacheId, edition, kind, Math.floor(index / PAGE_ROWS)),
        sk: sortKey(index % PAGE_ROWS),
      });
      await putAll(
        table,
        DETAIL_KINDS.flatMap((kind) => lists[kind].map((detail, index) => itemOf(kind, detail, index))),
      );
      return edition;
    },
    read: (tacheId, edition, kind, from, to) => readers[kind](tacheId, edition, from, to),
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

/** Two workers on one tache may see two ledgers: the rows of one never overwrite those of the other. */
function partition(tacheId: number, edition: string, kind: DetailKind, page: number): string {
  return `${tacheId}${edition === '' ? '' : `#${edition}`}#${kind}#${page}`;
}

/** Tells lists by their content, so that a second run of the same work writes the same items. */
function editionOf(lists: Readonly<Record<DetailKind, readonly object[]>>): string {
  const hash = createHash('sha256');
  for (const kind of DETAIL_KINDS) {
    hash.update(`${kind}\n`);
    for (const detail of lists[kind]) hash.update(`${JSON.stringify(detail)}\n`);
  }
  return hash.digest('hex').slice(0, EDITION_CHARACTERS);
}

function shortened(value: object): object {
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shortenedPart(part)]));
}

function shortenedPart(part: unknown): unknown {
  if (typeof part === 'object' && part !== null) return shortened(part);
  return typeof part === 'string' && part.length > LONGEST_TEXT ? `${part.slice(0, LONGEST_TEXT)}…` : part;
}

function sortKey(index: number): string {
  return String(index).padStart(INDEX_DIGITS, '0');
}
