import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { ALGORITHMS, type Application, CLIENT_TYPES, GRANT_TYPES } from '../../core/application.ts';
import type { Applications } from '../../ports.ts';
import { advanceCounter } from './counters.ts';
import { dynamodb, fromItem, toItem } from './table.ts';

const APPLICATIONS = 'application';
const ID_DIGITS = 12;

const storedApplication = z.object({
  id: z.int().positive(),
  name: z.string(),
  clientId: z.string(),
  clientType: z.enum(CLIENT_TYPES),
  grantType: z.enum(GRANT_TYPES),
  redirectUris: z.array(z.string()),
  algorithm: z.enum(ALGORITHMS),
});
const storedClient = storedApplication.extend({ secretDigest: z.string().optional() });

/** The applications of a registry table: once in the list, once under the client id that their tokens and requests carry. */
export function dynamoApplications(table: string): Applications {
  return {
    nextId: () => advanceCounter(table, 'application', 1),

    // Without its list entry an application works and is not shown; the other way round it would be shown and not work.
    async save(application, secretDigest) {
      await put(table, { ...application, secretDigest, ...clientKey(application.clientId) });
      await put(table, { ...application, ...applicationKey(application.id) });
    },

    async list(limit, after) {
      const answer = await dynamodb.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: toItem({ ':pk': APPLICATIONS }),
          ConsistentRead: true,
          // One more than asked for tells whether there is a next page.
          Limit: limit + 1,
          ...(after !== undefined && { ExclusiveStartKey: toItem(applicationKey(after)) }),
        }),
      );
      const found = (answer.Items ?? []).map((item): Application => storedApplication.parse(fromItem(item)));
      const applications = found.slice(0, limit);
      return { applications, next: found.length > limit || answer.LastEvaluatedKey !== undefined ? applications.at(-1)?.id : undefined };
    },

    async byClientId(clientId) {
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: toItem(clientKey(clientId)), ConsistentRead: true }));
      if (Item === undefined) return undefined;
      const { secretDigest, ...application } = storedClient.parse(fromItem(Item));
      return { application, secretDigest };
    },
  };
}

async function put(table: string, item: object): Promise<void> {
  await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem(item) }));
}

function applicationKey(id: number) {
  return { pk: APPLICATIONS, sk: String(id).padStart(ID_DIGITS, '0') };
}

function clientKey(clientId: string) {
  return { pk: `client#${clientId}`, sk: '-' };
}
