import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { JOURNAL_ACTIONS, type JournalEntry } from '../../core/journal.ts';
import type { Journal } from '../../ports.ts';
import { conditionally, dynamodb, fromItem, toItem } from './table.ts';

const NUMBER_DIGITS = 12;

const stored: z.ZodType<JournalEntry> = z.object({
  tacheId: z.int().positive(),
  number: z.int().positive(),
  event: z.string(),
  at: z.string(),
  by: z.string(),
  action: z.enum(JOURNAL_ACTIONS),
  reason: z.string(),
  data: z.record(z.string(), z.json()),
  previous: z.string(),
  hash: z.string(),
});

/** The journals of a registry table. Nothing of them is ever changed or removed. */
export function dynamoJournal(table: string): Journal {
  return {
    async entries(tacheId, after = 0, limit = Number.POSITIVE_INFINITY) {
      const entries: JournalEntry[] = [];
      let start: ReturnType<typeof toItem> | undefined = after === 0 ? undefined : toItem({ pk: partition(tacheId), sk: sortKey(after) });
      do {
        const answer = await dynamodb.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: toItem({ ':pk': partition(tacheId) }),
            ConsistentRead: true,
            ...(Number.isFinite(limit) && { Limit: limit - entries.length }),
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        for (const item of answer.Items ?? []) entries.push(stored.parse(fromItem(item)));
        start = answer.LastEvaluatedKey;
      } while (start !== undefined && entries.length < limit);
      return entries;
    },

    add: (entry) =>
      conditionally(
        dynamodb.send(
          new PutItemCommand({
            TableName: table,
            Item: toItem({ ...entry, pk: partition(entry.tacheId), sk: sortKey(entry.number) }),
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      ),
  };
}

function partition(tacheId: number): string {
  return `journal#${tacheId}`;
}

function sortKey(number: number): string {
  return String(number).padStart(NUMBER_DIGITS, '0');
}
