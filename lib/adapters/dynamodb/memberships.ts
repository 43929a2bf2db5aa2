import { GetItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Membership } from '../../core/user.ts';
import type { Memberships } from '../../ports.ts';
import { dynamodb, fromItem, toItem } from './table.ts';

/** One partition, so that who holds a role is a query; read by name otherwise. */
const MEMBERS = 'membre';

const storedMembership: z.ZodType<Membership> = z.object({
  groups: z.array(z.string()).default([]),
  roleId: z.int().positive().optional(),
  placedAt: z.int().positive().optional(),
});

/** The memberships of a registry table. */
export function dynamoMemberships(table: string): Memberships {
  const of = async (username: string) => {
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: keyOf(username), ConsistentRead: true }));
    return Item && storedMembership.parse(fromItem(Item));
  };
  return {
    of,

    /** Groups seldom change: mostly this is a read. */
    async remember(username, groups) {
      const known = await of(username);
      const sorted = [...groups].sort();
      if (known !== undefined && known.groups.join() === sorted.join()) return;
      await dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyOf(username),
          UpdateExpression: 'SET #groups = :groups',
          ExpressionAttributeNames: { '#groups': 'groups' },
          ExpressionAttributeValues: toItem({ ':groups': sorted }),
        }),
      );
    },

    async place(username, group, at) {
      await dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyOf(username),
          UpdateExpression: 'SET #groups = :groups, placedAt = :at',
          ExpressionAttributeNames: { '#groups': 'groups' },
          ExpressionAttributeValues: toItem({ ':groups': [group], ':at': Math.floor(Date.parse(at) / 1000) }),
        }),
      );
    },

    async assign(username, roleId) {
      await dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyOf(username),
          ...(roleId === undefined ? { UpdateExpression: 'REMOVE roleId' } : { UpdateExpression: 'SET roleId = :role', ExpressionAttributeValues: toItem({ ':role': roleId }) }),
        }),
      );
    },

    async isAssigned(roleId) {
      let start: ReturnType<typeof toItem> | undefined;
      do {
        const answer = await dynamodb.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk',
            FilterExpression: 'roleId = :role',
            ExpressionAttributeValues: toItem({ ':pk': MEMBERS, ':role': roleId }),
            ConsistentRead: true,
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        if ((answer.Count ?? 0) > 0) return true;
        start = answer.LastEvaluatedKey;
      } while (start !== undefined);
      return false;
    },
  };
}

function keyOf(username: string) {
  return toItem({ pk: MEMBERS, sk: username });
}
