import { DeleteItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { DueRetry, Retries } from '../../ports.ts';
import { conditionally, dynamodb, fromItem, toItem } from './table.ts';

const ID_DIGITS = 12;
const LEASE = 'bail';

const due: z.ZodType<DueRetry> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('statement'), tacheId: z.int().positive(), at: z.string() }),
  z.object({ kind: z.literal('ledger'), day: z.string(), at: z.string() }),
]);

/** What open items of an operator are to be tried against, in a registry table, and who is at it. */
export function dynamoRetries(table: string): Retries {
  return {
    async ask(operatorCode, retry) {
      await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem({ ...retry, pk: partition(operatorCode), sk: sortKey(retry) }) }));
    },

    async due(operatorCode, limit) {
      const { Items = [] } = await dynamodb.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: toItem({ ':pk': partition(operatorCode) }),
          ConsistentRead: true,
          Limit: limit,
        }),
      );
      return Items.map((item) => due.parse(fromItem(item)));
    },

    async done(operatorCode, retry) {
      await conditionally(
        dynamodb.send(
          new DeleteItemCommand({
            TableName: table,
            Key: toItem({ pk: partition(operatorCode), sk: sortKey(retry) }),
            ConditionExpression: 'attribute_not_exists(pk) OR #at = :seen',
            ExpressionAttributeNames: { '#at': 'at' },
            ExpressionAttributeValues: toItem({ ':seen': retry.at }),
          }),
        ),
      );
    },

    lease: (operatorCode, holder, now, until) =>
      conditionally(
        dynamodb.send(
          new PutItemCommand({
            TableName: table,
            Item: toItem({ pk: leasePartition(operatorCode), sk: LEASE, holder, until, expiresAt: Math.ceil(Date.parse(until) / 1_000) }),
            ConditionExpression: 'attribute_not_exists(pk) OR #holder = :holder OR #until < :now',
            ExpressionAttributeNames: { '#holder': 'holder', '#until': 'until' },
            ExpressionAttributeValues: toItem({ ':holder': holder, ':now': now }),
          }),
        ),
      ),

    async release(operatorCode, holder) {
      await conditionally(
        dynamodb.send(
          new DeleteItemCommand({
            TableName: table,
            Key: toItem({ pk: leasePartition(operatorCode), sk: LEASE }),
            ConditionExpression: '#holder = :holder',
            ExpressionAttributeNames: { '#holder': 'holder' },
            ExpressionAttributeValues: toItem({ ':holder': holder }),
          }),
        ),
      );
    },
  };
}

function partition(operatorCode: string): string {
  return `reprise#${operatorCode}`;
}

function leasePartition(operatorCode: string): string {
  return `reprise-en-cours#${operatorCode}`;
}

/** Statements before days of the ledger: they open what is tried against the ledger. */
function sortKey(retry: DueRetry): string {
  return retry.kind === 'statement' ? `0#${String(retry.tacheId).padStart(ID_DIGITS, '0')}` : `1#${retry.day}`;
}
