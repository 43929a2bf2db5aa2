import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { dynamodb, fromItem, toItem } from './table.ts';

const counter = z.object({ value: z.int().positive() });

/** Advances a counter of a registry table and gives its new value. The first value is `by`. */
export async function advanceCounter(table: string, name: 'tache' | 'detail' | 'utilisateur' | 'role' | 'operateur' | 'application', by: number): Promise<number> {
  const answer = await dynamodb.send(
    new UpdateItemCommand({
      TableName: table,
      Key: toItem({ pk: 'compteur', sk: name }),
      UpdateExpression: 'ADD #value :by',
      ExpressionAttributeNames: { '#value': 'value' },
      ExpressionAttributeValues: toItem({ ':by': by }),
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return counter.parse(fromItem(answer.Attributes ?? {})).value;
}
