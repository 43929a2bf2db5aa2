import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { CHANNELS, type Delivery, type DeliveryKey } from '../../core/notice.ts';
import type { Deliveries } from '../../ports.ts';
import { conditionalAnswer, conditionally, dynamodb, fromItem, toItem, wholePartition } from './table.ts';

/** A notice that is told again after so long would be one of another time. */
const KEPT_SECONDS = 90 * 86_400;

const stored: z.ZodType<Delivery> = z.object({
  tacheId: z.int().positive(),
  event: z.string(),
  channel: z.enum(CHANNELS),
  username: z.string(),
  id: z.string(),
  state: z.enum(['attente', 'envoye', 'echoue']),
  tries: z.int().nonnegative(),
  createdAt: z.string(),
  sentAt: z.string().optional(),
  reason: z.string().optional(),
});

/** The notices on their way, in a registry table. */
export function dynamoDeliveries(table: string): Deliveries {
  const find = async (key: DeliveryKey) => {
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: toItem(keyOf(key)), ConsistentRead: true }));
    return Item && stored.parse(fromItem(Item));
  };

  return {
    async announce(delivery) {
      const expiresAt = Math.floor(Date.parse(delivery.createdAt) / 1_000) + KEPT_SECONDS;
      const item = toItem({ ...delivery, ...keyOf(delivery), expiresAt });
      const written = await conditionally(dynamodb.send(new PutItemCommand({ TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' })));
      return written ? delivery : ((await find(delivery)) ?? delivery);
    },

    ofTache: async (tacheId) => (await wholePartition(table, partition(tacheId))).map((item) => stored.parse(item)),

    async take(key, at, until) {
      const answer = await conditionalAnswer(
        dynamodb.send(
          new UpdateItemCommand({
            TableName: table,
            Key: toItem(keyOf(key)),
            UpdateExpression: 'SET takenUntil = :until',
            ConditionExpression: '#state = :waiting AND (attribute_not_exists(takenUntil) OR takenUntil <= :at)',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: toItem({ ':until': until, ':at': at, ':waiting': 'attente' }),
            ReturnValues: 'ALL_NEW',
          }),
        ),
      );
      if (answer?.Attributes !== undefined) return stored.parse(fromItem(answer.Attributes));
      return (await find(key))?.state === 'attente' ? 'held' : 'done';
    },

    async settle(before, { state, tries, sentAt, reason }) {
      const given = Object.entries({ sentAt, reason }).filter(([, value]) => value !== undefined);
      await conditionally(
        dynamodb.send(
          new UpdateItemCommand({
            TableName: table,
            Key: toItem(keyOf(before)),
            UpdateExpression: `SET #state = :state, tries = :tries${given.map(([name]) => `, ${name} = :${name}`).join('')} REMOVE takenUntil`,
            ConditionExpression: `#state = :stateBefore AND tries = :triesBefore AND ${before.sentAt === undefined ? 'attribute_not_exists(sentAt)' : 'sentAt = :sentBefore'}`,
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: toItem({
              ':stateBefore': before.state,
              ':triesBefore': before.tries,
              ...(before.sentAt !== undefined && { ':sentBefore': before.sentAt }),
              ':state': state,
              ':tries': tries,
              ...Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
            }),
          }),
        ),
      );
    },
  };
}

function keyOf({ tacheId, event, channel, username }: DeliveryKey) {
  return { pk: partition(tacheId), sk: `${event}#${channel}#${username}` };
}

function partition(tacheId: number): string {
  return `avis#${tacheId}`;
}
