import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { ExportOrders } from '../../ports.ts';
import { dynamodb, fromItem, toItem } from './table.ts';

const KEPT_SECONDS = 86_400;
const stored = z.object({ at: z.string() });

/** The export orders of a registry table. */
export function dynamoExportOrders(table: string): ExportOrders {
  return {
    async wasGiven(key, since) {
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: toItem(orderKey(key)), ConsistentRead: true }));
      return Item !== undefined && stored.parse(fromItem(Item)).at >= since;
    },

    async note(key, at) {
      await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem({ ...orderKey(key), at, expiresAt: Math.floor(Date.parse(at) / 1_000) + KEPT_SECONDS }) }));
    },
  };
}

function orderKey(key: string) {
  return { pk: `export#${key}`, sk: '-' };
}
