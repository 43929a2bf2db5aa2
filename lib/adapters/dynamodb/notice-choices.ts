import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { NOTICE_SCOPES, NOTICE_STATES, type NoticeChoices } from '../../core/notice.ts';
import type { NoticeChoicesStore } from '../../ports.ts';
import { dynamodb, fromItem, toItem, wholePartition } from './table.ts';

/** All lie in one partition: there are as many as people, and they are read together at each event. */
const CHOICES = 'abonnement';

const choice = { states: z.array(z.enum(NOTICE_STATES)), scope: z.enum(NOTICE_SCOPES) };
const stored: z.ZodType<NoticeChoices> = z.object({
  username: z.string(),
  mail: z.object({ ...choice, address: z.string() }).optional(),
  sms: z.object(choice).optional(),
  webhook: z.object({ ...choice, url: z.string(), secret: z.string() }).optional(),
});

/** What the users of a registry table chose to be told of. */
export function dynamoNoticeChoices(table: string): NoticeChoicesStore {
  return {
    async of(username) {
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: toItem({ pk: CHOICES, sk: username }), ConsistentRead: true }));
      return Item && stored.parse(fromItem(Item));
    },

    async save(choices) {
      await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem({ ...choices, pk: CHOICES, sk: choices.username }) }));
    },

    all: async () => (await wholePartition(table, CHOICES)).map((item) => stored.parse(item)),
  };
}
