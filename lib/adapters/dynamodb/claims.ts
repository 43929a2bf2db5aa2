import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Claim, Claims } from '../../ports.ts';
import { conditionally, dynamodb, fromItem, toItem } from './table.ts';

const claimHolder = z.object({ tacheId: z.int().positive(), owner: z.string(), at: z.string() });
const arrived = z.object({ tacheId: z.int().positive() });

/** The claims of a registry table. */
export function dynamoClaims(table: string): Claims {
  return {
    async holder(claim) {
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: toItem(keyOf(claim)), ConsistentRead: true }));
      return Item && claimHolder.parse(fromItem(Item));
    },

    take: (claim, holder, instead) =>
      conditionally(
        dynamodb.send(
          new PutItemCommand({
            TableName: table,
            Item: toItem({ ...holder, ...keyOf(claim) }),
            ConditionExpression: instead === undefined ? 'attribute_not_exists(pk) OR tacheId = :own' : 'tacheId = :instead OR tacheId = :own',
            ExpressionAttributeValues: toItem({ ':own': holder.tacheId, ...(instead && { ':instead': instead.tacheId }) }),
          }),
        ),
      ),

    async arrival(object, propose) {
      const key = toItem({ pk: `arrivee#${object.key}`, sk: object.versionId ?? '-' });
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
      if (Item) return arrived.parse(fromItem(Item)).tacheId;
      const { Attributes } = await dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: key,
          UpdateExpression: 'SET tacheId = if_not_exists(tacheId, :proposed)',
          ExpressionAttributeValues: toItem({ ':proposed': await propose() }),
          ReturnValues: 'ALL_NEW',
        }),
      );
      return arrived.parse(fromItem(Attributes ?? {})).tacheId;
    },
  };
}

function keyOf({ kind, operatorCode, value }: Claim) {
  return { pk: `${kind === 'content' ? 'empreinte' : 'nom'}#${operatorCode}`, sk: value };
}
