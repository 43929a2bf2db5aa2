import { isDeepStrictEqual } from 'node:util';
import { GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { BEGIN, COMPLETE, FAIL, FINISH, RESUME, type Tache, type Transition, VALIDATE } from '../../core/tache.ts';
import type { TacheFilter, Taches } from '../../ports.ts';
import { advanceCounter } from './counters.ts';
import { storedTache } from './stored-tache.ts';
import { conditionalAnswer, conditionally, dynamodb, fromItem, toItem } from './table.ts';

/** All taches lie in one partition, newest last: some hundreds a day, listed newest first without an index. */
const TACHES = 'tache';
const ID_DIGITS = 12;

const reservation = z.object({ firstDetailId: z.int().positive() });

/** A first page is mostly found among the newest; whoever sees little of much reads on in large steps. */
const FIRST_STEP = 100;
const STEP = 1_000;

/**
 * The taches of a registry table.
 * @param mostExamined taches that one list looks through at most, about a second's work: what it found until then is its page, and the next goes on from there
 */
export function dynamoTaches(table: string, mostExamined = 20_000): Taches {
  /** Sets attributes of a tache while it is in one of the states of the transition. */
  const move = (id: number, transition: Transition, values: Readonly<Record<string, unknown>>, remove: readonly string[] = [], condition = '') => {
    const assignments = Object.entries({ ...values, state: transition.to }).filter(([, value]) => value !== undefined);
    const states = transition.from.map((state, index) => [`:from${index}`, state] as const);
    return new UpdateItemCommand({
      TableName: table,
      Key: keyOf(id),
      UpdateExpression: `SET ${assignments.map(([name]) => `#${name} = :${name}`).join(', ')}${remove.length > 0 ? ` REMOVE ${remove.map((name) => `#${name}`).join(', ')}` : ''}`,
      ConditionExpression: `#state IN (${states.map(([name]) => name).join(', ')})${condition}`,
      ExpressionAttributeNames: Object.fromEntries([...assignments.map(([name]) => name), ...remove].map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: toItem({ ...Object.fromEntries(assignments.map(([name, value]) => [`:${name}`, value])), ...Object.fromEntries(states) }),
      ReturnValues: 'ALL_NEW',
    });
  };

  const moved = async (command: UpdateItemCommand) => {
    const answer = await conditionalAnswer(dynamodb.send(command));
    return answer?.Attributes && storedTache.parse(fromItem(answer.Attributes));
  };

  const get = async (id: number) => {
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: keyOf(id), ConsistentRead: true }));
    return Item && storedTache.parse(fromItem(Item));
  };

  return {
    nextId: () => advanceCounter(table, 'tache', 1),

    create: (tache) =>
      conditionally(dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem({ ...tache, ...tacheKey(tache.id) }), ConditionExpression: 'attribute_not_exists(pk)' }))),

    get,

    async list(filter, limit, after, mayRead = everything) {
      const taches: Tache[] = [];
      let examined = 0;
      let lastId = after;
      let start = after === undefined ? undefined : keyOf(after);
      do {
        const answer = await dynamodb.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: toItem({ ':pk': TACHES }),
            ScanIndexForward: false,
            ConsistentRead: true,
            Limit: Math.min(examined === 0 ? Math.max(limit + 1, FIRST_STEP) : STEP, mostExamined - examined),
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        for (const item of answer.Items ?? []) {
          const tache = storedTache.parse(fromItem(item));
          if (fits(tache, filter) && (await mayRead(tache.owner))) taches.push(tache);
          lastId = tache.id;
          examined += 1;
        }
        start = answer.LastEvaluatedKey;
      } while (start !== undefined && taches.length <= limit && examined < mostExamined);
      const page = taches.slice(0, limit);
      if (taches.length > limit) return { taches: page, next: page.at(-1)?.id };
      return start === undefined ? { taches: page } : { taches: page, next: lastId };
    },

    async begin(id, at) {
      const answer =
        (await conditionalAnswer(dynamodb.send(move(id, BEGIN, { updatedAt: at })))) ??
        (await conditionalAnswer(dynamodb.send(move(id, RESUME, { updatedAt: at, description: '' }, ['resumable'], ' AND attribute_exists(#resumable)'))));
      return answer?.Attributes && storedTache.parse(fromItem(answer.Attributes));
    },

    async reportProgress(id, progress, at) {
      await conditionally(dynamodb.send(move(id, { from: ['ENCOURS'], to: 'ENCOURS' }, { progress, updatedAt: at })));
    },

    async reserveDetailIds(id, count) {
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: keyOf(id), ConsistentRead: true }));
      const known = reservation.safeParse(fromItem(Item ?? {}));
      if (known.success) return known.data.firstDetailId;
      const last = await advanceCounter(table, 'detail', Math.max(count, 1));
      const { Attributes } = await dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyOf(id),
          UpdateExpression: 'SET firstDetailId = if_not_exists(firstDetailId, :first)',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: toItem({ ':first': last - Math.max(count, 1) + 1 }),
          ReturnValues: 'ALL_NEW',
        }),
      );
      return reservation.parse(fromItem(Attributes ?? {})).firstDetailId;
    },

    complete: (id, outcome, period, at, description) => conditionally(dynamodb.send(move(id, COMPLETE, { outcome, period, description, updatedAt: at }, ['progress']))),

    fail: (id, description, at, resumable) => conditionally(dynamodb.send(move(id, FAIL, { description, updatedAt: at, ...(resumable && { resumable }) }, ['progress']))),

    // The client asks again where an answer is lost: what it then finds begun may be this very validation, and whoever has its message may have ended it.
    async beginValidation(id, validation, at) {
      const begun = await moved(move(id, VALIDATE, { validation, updatedAt: at }));
      if (begun !== undefined) return begun;
      const found = await get(id);
      return isDeepStrictEqual(found?.validation, { ...validation, ...(found?.validation?.result && { result: found.validation.result }) }) ? found : undefined;
    },

    finishValidation: (id, validation, at) => moved(move(id, FINISH, { validation, updatedAt: at })),
  };

  function keyOf(id: number) {
    return toItem(tacheKey(id));
  }
}

async function everything(): Promise<boolean> {
  return true;
}

/** Where the item of a tache lies. */
export function tacheKey(id: number) {
  return { pk: TACHES, sk: sortKey(id) };
}

function sortKey(id: number): string {
  return String(id).padStart(ID_DIGITS, '0');
}

function fits({ operatorCode, operatorId, state, fileName, period }: Tache, filter: TacheFilter): boolean {
  return (
    (filter.operatorCode === undefined || filter.operatorCode === operatorCode) &&
    (filter.operatorId === undefined || filter.operatorId === operatorId) &&
    (filter.state === undefined || filter.state === state) &&
    (filter.fileNamePart === undefined || fileName.toLowerCase().includes(filter.fileNamePart.toLowerCase())) &&
    (filter.from === undefined || (period !== undefined && period.start >= filter.from)) &&
    (filter.to === undefined || (period !== undefined && period.end <= filter.to))
  );
}
