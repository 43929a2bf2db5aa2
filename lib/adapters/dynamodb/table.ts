import { setTimeout as delay } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  QueryCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { SHORT_ANSWERS } from '../time-limits.ts';

type AttributeMap = Record<string, AttributeValue>;

/** The key that every item of our tables has. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** One client for a whole function: connections stay open between invocations. */
export const dynamodb = new DynamoDBClient({ maxAttempts: 8, requestHandler: SHORT_ANSWERS });

const BATCH_WRITE = 25;
const BATCH_GET = 100;
const CONCURRENT_BATCHES = 8;
const LONGEST_PAUSE_MS = 2_000;

export function toItem(value: object): AttributeMap {
  return marshall(value, { removeUndefinedValues: true });
}

export function fromItem(item: AttributeMap): Record<string, unknown> {
  return unmarshall(item);
}

/** Runs a conditional write; its answer, or `undefined` where its condition did not hold. */
export async function conditionalAnswer<Answer>(write: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

/** Runs a conditional write; false where its condition did not hold. */
export async function conditionally(write: Promise<object>): Promise<boolean> {
  return (await conditionalAnswer(write)) !== undefined;
}

/** Puts items without a condition, 25 at a time, several batches at once; what DynamoDB leaves over is tried again. */
export async function putAll(table: string, items: readonly object[]): Promise<void> {
  await eachOf(chunks(items, BATCH_WRITE), CONCURRENT_BATCHES, (batch) =>
    writeBatch(
      table,
      batch.map((item) => ({ PutRequest: { Item: toItem(item) } })),
    ),
  );
}

/** Does some work for each item, so many at a time. The first failure ends it. */
export async function eachOf<Item>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}

async function writeBatch(table: string, requests: WriteRequest[]): Promise<void> {
  let left = requests;
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt > 0) await pause(attempt);
    const answer = await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [table]: left } }));
    left = answer.UnprocessedItems?.[table] ?? [];
  }
}

/** Reads items by key, 100 at a time, several batches at once, in no order. Keys without an item are left out. */
export async function getAll(table: string, keys: readonly Key[]): Promise<readonly Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  await eachOf(chunks(keys, BATCH_GET), CONCURRENT_BATCHES, async (chunk) => {
    let left = chunk.map((key) => toItem(key));
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (attempt > 0) await pause(attempt);
      const answer = await dynamodb.send(new BatchGetItemCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }));
      for (const item of answer.Responses?.[table] ?? []) found.push(fromItem(item));
      left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    }
  });
  return found;
}

/** All items of a partition, in the order of their sort keys. */
export async function wholePartition(table: string, pk: string): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let start: AttributeMap | undefined;
  do {
    const answer = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: toItem({ ':pk': pk }),
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    for (const item of answer.Items ?? []) items.push(fromItem(item));
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

function pause(attempt: number): Promise<void> {
  return delay(Math.min(LONGEST_PAUSE_MS, 25 * 2 ** attempt) * Math.random());
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
