import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { OPEN_KINDS, type OpenPage, type PlacedOverlay, resolvedOf } from '../../core/open-item.ts';
import { CURRENCIES } from '../../core/operator.ts';
import type { OpenItems, PageKey } from '../../ports.ts';
import { conditionally, dynamodb, fromItem, type Key, toItem, wholePartition } from './table.ts';

const POSITION_DIGITS = 7;
const ID_DIGITS = 12;
const PAGE_DIGITS = 6;

const text = z.string();
const int = z.int();
const sum = z.object({ count: int, amount: int });

const page = z.object({
  operatorCode: text,
  day: text,
  tacheId: int,
  edition: text,
  kind: z.enum(OPEN_KINDS),
  page: int,
  rows: int,
  owner: text,
  currency: z.enum(CURRENCIES),
  timeZone: text,
  openedAt: text,
  opened: sum,
  resolved: sum,
  triedAt: text.optional(),
  /** One more before overlays are written, and how many had been when they were counted. */
  changes: int,
  counted: int,
});

const explanation = z.discriminatedUnion('how', [
  z.object({ how: z.literal('late-ledger'), transId: text }),
  z.object({ how: z.literal('late-operator'), tacheId: int, row: int }),
  z.object({ how: z.literal('corrected'), status: text }),
  z.object({ how: z.literal('carried'), tacheId: int }),
  z.object({ how: z.literal('linked'), transId: text }),
  z.object({ how: z.literal('set-aside') }),
]);

const proposal = z.discriminatedUnion('how', [
  z.object({ how: z.literal('correspondent'), transId: text, ambiguous: z.boolean() }),
  z.object({ how: z.literal('amount-differs'), amount: int, transId: text.exactOptional(), tacheId: int.exactOptional(), row: int.exactOptional() }),
]);

const placed: z.ZodType<PlacedOverlay> = z.object({
  position: int,
  day: text,
  amount: int,
  name: text,
  overlay: z.discriminatedUnion('state', [
    z.object({ state: z.literal('resolved'), explanation, at: text, event: text }),
    z.object({ state: z.literal('proposed'), proposal }),
    z.object({ state: z.literal('reopened') }),
  ]),
});

/** The open items of a registry table: one item for each page of them, and one for each that something was found of. */
export function dynamoOpenItems(table: string): OpenItems {
  const overlays = async (key: PageKey): Promise<readonly PlacedOverlay[]> => (await wholePartition(table, overlayPartition(key))).map((item) => placed.parse(item));

  return {
    pages: async (operatorCode, tacheId) =>
      (await wholePartition(table, partition(operatorCode)))
        .map((item) => page.parse(item))
        .filter((item) => tacheId === undefined || item.tacheId === tacheId)
        .map(pageOf),

    async open({ isCounted, ...fresh }) {
      await conditionally(
        dynamodb.send(
          new PutItemCommand({
            TableName: table,
            Item: toItem({ ...fresh, changes: isCounted ? 0 : 1, counted: 0, ...pageKey(fresh) }),
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      );
    },

    overlays,

    async beginChange(key) {
      await conditionally(
        dynamodb.send(
          new UpdateItemCommand({
            TableName: table,
            Key: toItem(pageKey(key)),
            UpdateExpression: 'ADD changes :one',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: toItem({ ':one': 1 }),
          }),
        ),
      );
    },

    write: (key, item) => {
      // What is resolved stays resolved, but for what people take back of their own.
      const condition =
        item.overlay.state === 'reopened'
          ? {
              ConditionExpression: 'overlay.#state = :resolved AND overlay.explanation.how IN (:linked, :aside)',
              values: { ':resolved': 'resolved', ':linked': 'linked', ':aside': 'set-aside' },
            }
          : { ConditionExpression: 'attribute_not_exists(pk) OR overlay.#state <> :resolved', values: { ':resolved': 'resolved' } };
      return conditionally(
        dynamodb.send(
          new PutItemCommand({
            TableName: table,
            Item: toItem({ ...item, pk: overlayPartition(key), sk: padded(item.position, POSITION_DIGITS) }),
            ConditionExpression: condition.ConditionExpression,
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: toItem(condition.values),
          }),
        ),
      );
    },

    async count(key) {
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: toItem(pageKey(key)), ConsistentRead: true }));
      if (Item === undefined) return;
      const { changes } = page.parse(fromItem(Item));
      const resolved = resolvedOf(await overlays(key), key.day);
      await conditionally(
        dynamodb.send(
          new UpdateItemCommand({
            TableName: table,
            Key: toItem(pageKey(key)),
            UpdateExpression: 'SET resolved = :resolved, counted = :changes',
            ConditionExpression: 'changes = :changes',
            ExpressionAttributeValues: toItem({ ':resolved': resolved, ':changes': changes }),
          }),
        ),
      );
    },

    async noteTry(key, at) {
      await conditionally(
        dynamodb.send(
          new UpdateItemCommand({
            TableName: table,
            Key: toItem(pageKey(key)),
            UpdateExpression: 'SET triedAt = :at',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: toItem({ ':at': at }),
          }),
        ),
      );
    },
  };
}

function pageOf({ changes, counted, triedAt, ...item }: z.infer<typeof page>): OpenPage {
  return { ...item, isCounted: changes === counted, ...(triedAt !== undefined && { triedAt }) };
}

function partition(operatorCode: string): string {
  return `ecarts#${operatorCode}`;
}

function pageKey({ operatorCode, day, tacheId, kind, page: number }: PageKey): Key {
  return { pk: partition(operatorCode), sk: `${day}#${padded(tacheId, ID_DIGITS)}#${kind}#${padded(number, PAGE_DIGITS)}` };
}

/** Overlays lie by page of the details: a million of them do not queue behind one key. */
function overlayPartition({ tacheId, edition, kind, page: number }: PageKey): string {
  return `ecart#${tacheId}#${edition}#${kind}#${number}`;
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
