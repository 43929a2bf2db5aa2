import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Resumptions } from '../../ports.ts';
import { conditionalAnswer, dynamodb, fromItem, toItem } from './table.ts';
import { tacheKey } from './taches.ts';

const counted = z.object({ resumptions: z.int().positive() });

/** How often the taches of a registry table were resumed. */
export function dynamoResumptions(table: string): Resumptions {
  return {
    async count({ id, state, updatedAt }, at) {
      const answer = await conditionalAnswer(
        dynamodb.send(
          new UpdateItemCommand({
            TableName: table,
            Key: toItem(tacheKey(id)),
            UpdateExpression: 'SET updatedAt = :at ADD resumptions :one',
            ConditionExpression: '#state = :state AND updatedAt = :seen',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: toItem({ ':at': at, ':one': 1, ':state': state, ':seen': updatedAt }),
            ReturnValues: 'UPDATED_NEW',
          }),
        ),
      );
      return answer?.Attributes && counted.parse(fromItem(answer.Attributes)).resumptions;
    },
  };
}
