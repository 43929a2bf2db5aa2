import { randomUUID } from 'node:crypto';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Upload } from '../../core/upload.ts';
import type { Uploads } from '../../ports.ts';
import { dynamodb, fromItem, toItem } from './table.ts';

/** An upload's object may be told of again days later: after that its key is one that fits no pattern. */
const KEPT_SECONDS = 30 * 86_400;

const storedUpload: z.ZodType<Upload> = z.object({
  owner: z.string(),
  operatorCode: z.string(),
  fileName: z.string(),
  bounds: z.object({ start: z.string().optional(), end: z.string().optional() }),
});

/** The uploads of a registry table. */
export function dynamoUploads(table: string): Uploads {
  const keyOf = (id: string) => ({ pk: `televersement#${id}`, sk: '-' });
  return {
    async announce(upload, now) {
      const id = randomUUID();
      const expiresAt = Math.floor(Date.parse(now) / 1000) + KEPT_SECONDS;
      await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem({ ...upload, ...keyOf(id), expiresAt }) }));
      return id;
    },

    async find(id) {
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: toItem(keyOf(id)), ConsistentRead: true }));
      return Item && storedUpload.parse(fromItem(Item));
    },
  };
}
