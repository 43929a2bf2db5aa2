import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ExportOrders } from '../../ports.ts';
import { conditionally, dynamodb, toItem } from './table.ts';

const KEPT_SECONDS = 86_400;

/** The export orders of a registry table. */
export function dynamoExportOrders(table: string): ExportOrders {
  return {
    take: (key, at, staleBefore) =>
      conditionally(
        dynamodb.send(
          new PutItemCommand({
            TableName: table,
            Item: toItem({ pk: `export#${key}`, sk: '-', at, expiresAt: Math.floor(Date.parse(at) / 1_000) + KEPT_SECONDS }),
            ConditionExpression: 'attribute_not_exists(pk) OR #at < :stale',
            ExpressionAttributeNames: { '#at': 'at' },
            ExpressionAttributeValues: toItem({ ':stale': staleBefore }),
          }),
        ),
      ),
  };
}
