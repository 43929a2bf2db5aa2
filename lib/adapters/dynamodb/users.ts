import { GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Profile, User, UserChanges } from '../../core/user.ts';
import type { Users } from '../../ports.ts';
import { advanceCounter } from './counters.ts';
import { conditionally, dynamodb, fromItem, toItem } from './table.ts';

const PROFILES = 'profil';
const ID_DIGITS = 12;
const SMALLEST_QUERY = 100;

const text = z.string();
const storedUser = z.object({ userId: z.int().positive(), username: text, lastName: text, firstName: text, email: text });
const storedProfile: z.ZodType<Profile> = z.object({
  id: z.int().positive(),
  userId: z.int().positive(),
  username: text,
  telephone: text,
  whatsapp: text,
  position: text,
  staffNumber: text,
});

type StoredUser = z.infer<typeof storedUser>;
type ProfileTexts = Omit<UserChanges, 'lastName' | 'firstName' | 'email'>;

/** The users of a registry table. A profile has its user's id: there is one for each. */
export function dynamoUsers(table: string): Users {
  const knownUser = async (username: string) => {
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: toItem(userKey(username)), ConsistentRead: true }));
    return Item && storedUser.parse(fromItem(Item));
  };

  /** The first id that is proposed for a name is kept for ever. */
  const obtainUser = async (username: string) => {
    const { Attributes } = await dynamodb.send(
      new UpdateItemCommand({
        TableName: table,
        Key: toItem(userKey(username)),
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

  /** @param texts of a profile that is not there yet: with it the user is complete */
  const obtainProfile = async ({ userId, username }: StoredUser, texts: ProfileTexts = {}) => {
    const known = await profile(userId);
    if (known !== undefined) return known;
    const { telephone = '', whatsapp = '', position = '', staffNumber = '' } = texts;
    const made: Profile = { id: userId, userId, username, telephone, whatsapp, position, staffNumber };
    const written = await conditionally(
      dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem({ ...made, ...profileKey(userId) }), ConditionExpression: 'attribute_not_exists(pk)' })),
    );
    return written ? made : ((await profile(userId)) ?? made);
  };

  const obtain = async (username: string): Promise<User> => {
    const user = (await knownUser(username)) ?? (await obtainUser(username));
    return withProfile(user, await obtainProfile(user));
  };

  /** Sets the attributes that have a value. */
  const set = async (key: object, values: Readonly<Record<string, string | undefined>>) => {
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    if (given.length === 0) return;
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: table,
        Key: toItem(key),
        UpdateExpression: `SET ${given.map(([name]) => `#${name} = :${name}`).join(', ')}`,
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: Object.fromEntries(given.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: toItem(Object.fromEntries(given.map(([name, value]) => [`:${name}`, value]))),
      }),
    );
  };

  return {
    obtain,
    profile,

    async find(username) {
      const user = await knownUser(username);
      const found = user && (await profile(user.userId));
      return user && found && withProfile(user, found);
    },

    // A new profile comes last and with its texts: what broke off before it can be asked for again.
    async change(username, { lastName, firstName, email, ...texts }) {
      const user = (await knownUser(username)) ?? (await obtainUser(username));
      await set(userKey(username), { lastName, firstName, email });
      const known = await obtainProfile(user, texts);
      if (!says(known, texts)) await set(profileKey(user.userId), { ...texts });
      return obtain(username);
    },

    async profiles(limit, after, mayRead = everybody) {
      const profiles: Profile[] = [];
      let start = after === undefined ? undefined : toItem(profileKey(after));
      do {
        const answer = await dynamodb.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: toItem({ ':pk': PROFILES }),
            ConsistentRead: true,
            Limit: Math.max(limit + 1, SMALLEST_QUERY),
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        for (const item of answer.Items ?? []) {
          const found = storedProfile.parse(fromItem(item));
          if (await mayRead(found.username)) profiles.push(found);
        }
        start = answer.LastEvaluatedKey;
      } while (start !== undefined && profiles.length <= limit);
      const page = profiles.slice(0, limit);
      return profiles.length > limit ? { profiles: page, next: page.at(-1)?.id } : { profiles: page };
    },
  };
}

function says(profile: Profile, texts: ProfileTexts): boolean {
  const { telephone, whatsapp, position, staffNumber } = { ...profile, ...defined(texts) };
  return telephone === profile.telephone && whatsapp === profile.whatsapp && position === profile.position && staffNumber === profile.staffNumber;
}

function defined(texts: ProfileTexts): ProfileTexts {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined));
}

async function everybody(): Promise<boolean> {
  return true;
}

function withProfile({ userId, username, lastName, firstName, email }: StoredUser, profile: Profile): User {
  return { id: userId, username, lastName, firstName, email, profile };
}

function userKey(username: string) {
  return { pk: `utilisateur#${username}`, sk: '-' };
}

function profileKey(id: number) {
  return { pk: PROFILES, sk: String(id).padStart(ID_DIGITS, '0') };
}
