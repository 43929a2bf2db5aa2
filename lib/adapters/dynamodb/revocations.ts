import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Revocations } from '../../ports.ts';
import { dynamodb, toItem } from './table.ts';

/** The revocations of a registry table. They leave by TTL once every token they speak of has expired. */
export function dynamoRevocations(table: string): Revocations {
  const keyOf = (signIn: string) => ({ pk: `revocation#${signIn}`, sk: '-' });
  return {
    async revoke(signIn, until) {
      await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem({ ...keyOf(signIn), expiresAt: until }) }));
    },

    async isRevoked(signIn) {
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: toItem(keyOf(signIn)), ConsistentRead: true }));
      return Item !== undefined;
    },
  };
}
