import { GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Profile, User } from '../../core/user.ts';
import type { Users } from '../../ports.ts';
import { advanceCounter } from './counters.ts';
import { conditionally, dynamodb, fromItem, toItem } from './table.ts';

const PROFILES = 'profil';
const ID_DIGITS = 12;

const text = z.string();
const storedUser = z.object({ userId: z.int().positive(), username: text, lastName: text, firstName: text, email: text });
const storedProfile: z.ZodType<Profile> = z.object({ id: z.int().positive(), userId: z.int().positive(), telephone: text, whatsapp: text, position: text, staffNumber: text });

/** The users of a registry table. A profile has its user's id: there is one for each. */
export function dynamoUsers(table: string): Users {
  /** The first id that is proposed for a name is kept for ever. */
  const userOf = async (username: string) => {
    const key = toItem({ pk: `utilisateur#${username}`, sk: '-' });
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
    if (Item) return storedUser.parse(fromItem(Item));
    const { Attributes } = await dynamodb.send(
      new UpdateItemCommand({
        TableName: table,
        Key: key,
        UpdateExpression:
          'SET userId = if_not_exists(userId, :id), username = :username, lastName = if_not_exists(lastName, :none), firstName = if_not_exists(firstName, :none), email = if_not_exists(email, :none)',
        ExpressionAttributeValues: toItem({ ':id': await advanceCounter(table, 'utilisateur', 1), ':username': username, ':none': '' }),
        ReturnValues: 'ALL_NEW',
      }),
    );
    return storedUser.parse(fromItem(Attributes ?? {}));
  };

  const profile = async (id: number) => {
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: toItem(profileKey(id)), ConsistentRead: true }));
    return Item && storedProfile.parse(fromItem(Item));
  };

  const obtainProfile = async (userId: number) => {
    const known = await profile(userId);
    if (known !== undefined) return known;
    const empty: Profile = { id: userId, userId, telephone: '', whatsapp: '', position: '', staffNumber: '' };
    const written = await conditionally(
      dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem({ ...empty, ...profileKey(userId) }), ConditionExpression: 'attribute_not_exists(pk)' })),
    );
    return written ? empty : ((await profile(userId)) ?? empty);
  };

  return {
    profile,

    async obtain(username): Promise<User> {
      const { userId, lastName, firstName, email } = await userOf(username);
      return { id: userId, username, lastName, firstName, email, profile: await obtainProfile(userId) };
    },

    async profiles(limit, after) {
      const answer = await dynamodb.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: toItem({ ':pk': PROFILES }),
          Limit: limit,
          ...(after !== undefined && { ExclusiveStartKey: toItem(profileKey(after)) }),
        }),
      );
      const profiles = (answer.Items ?? []).map((item) => storedProfile.parse(fromItem(item)));
      return { profiles, next: answer.LastEvaluatedKey && profiles.at(-1)?.id };
    },
  };
}

function profileKey(id: number) {
  return { pk: PROFILES, sk: String(id).padStart(ID_DIGITS, '0') };
}
