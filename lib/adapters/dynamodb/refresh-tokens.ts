import { createHash } from 'node:crypto';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { RefreshTokens } from '../../ports.ts';
import { dynamodb, fromItem, toItem } from './table.ts';

const storedSignIn = z.object({ signIn: z.string(), expiresAt: z.number() });

/** The refresh tokens of a registry table, under their SHA-256: whoever reads the table can use none of them. They leave by TTL. */
export function dynamoRefreshTokens(table: string): RefreshTokens {
  const keyOf = (refreshToken: string) => ({ pk: `jeton#${createHash('sha256').update(refreshToken).digest('hex')}`, sk: '-' });
  return {
    async remember(refreshToken, signIn, expiresAt) {
      await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem({ ...keyOf(refreshToken), signIn, expiresAt }) }));
    },

    async signInOf(refreshToken) {
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: toItem(keyOf(refreshToken)), ConsistentRead: true }));
      return Item && storedSignIn.parse(fromItem(Item));
    },
  };
}
