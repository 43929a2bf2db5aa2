import { isDeepStrictEqual } from 'node:util';
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { OPERATORS } from '../../core/catalogue.ts';
import { isOperatorCode, type Operator } from '../../core/operator.ts';
import type { OperatorStore } from '../../ports.ts';
import { advanceCounter } from './counters.ts';
import { storedOperator } from './stored-operator.ts';
import { conditionally, dynamodb, fromItem, toItem, wholePartition } from './table.ts';

const STORED = 'operateur';
const NUMBERS = 'operateur-numero';
const ID_DIGITS = 12;
/** The catalogue may grow: its numbers stay below those of stored operators. */
const FIRST_STORED_ID = 1_000;

const number = z.object({ code: z.string() });
/** Stands for an operator of the catalogue that was removed. */
const removal = z.object({ removed: z.literal(true), code: z.string() });
const stored = z.union([removal, storedOperator]);

/** The operators of the catalogue and those of a registry table; a stored one takes the place of the catalogue's of the same code. */
export function dynamoOperators(table: string): OperatorStore {
  const byCode = async (code: string): Promise<Operator | undefined> => {
    if (!isOperatorCode(code)) return undefined;
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: toItem(operatorKey(code)), ConsistentRead: true }));
    if (Item === undefined) return OPERATORS.find((operator) => operator.code === code);
    const found = stored.parse(fromItem(Item));
    return 'removed' in found ? undefined : found;
  };

  const codeOf = async (id: number): Promise<string | undefined> => {
    const known = OPERATORS.find((operator) => operator.id === id);
    if (known !== undefined) return known.code;
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: toItem(numberKey(id)), ConsistentRead: true }));
    return Item && number.parse(fromItem(Item)).code;
  };

  const isCatalogued = (code: string) => OPERATORS.some((known) => known.code === code);

  const put = (operator: Operator, condition: string, values: object) =>
    conditionally(
      dynamodb.send(
        new PutItemCommand({
          TableName: table,
          Item: toItem({ ...operator, ...operatorKey(operator.code) }),
          ConditionExpression: condition,
          ExpressionAttributeValues: toItem(values),
        }),
      ),
    );

  return {
    byCode,

    async byId(id) {
      const code = await codeOf(id);
      const operator = code === undefined ? undefined : await byCode(code);
      return operator?.id === id ? operator : undefined;
    },

    async list() {
      const own = (await wholePartition(table, STORED)).map((item) => stored.parse(item));
      const replaced = new Set(own.map(({ code }) => code));
      const operators = [...OPERATORS.filter(({ code }) => !replaced.has(code)), ...own.filter((item): item is Operator => !('removed' in item))];
      return operators.sort((one, other) => one.name.localeCompare(other.name, 'fr'));
    },

    nextId: async () => FIRST_STORED_ID - 1 + (await advanceCounter(table, 'operateur', 1)),

    async create(operator) {
      const { id, code } = operator;
      const catalogued = OPERATORS.find((known) => known.id === id);
      if (catalogued !== undefined && catalogued.code !== code) return 'id-taken';
      if (catalogued === undefined) {
        const reserved = await conditionally(
          dynamodb.send(
            new PutItemCommand({
              TableName: table,
              Item: toItem({ code, ...numberKey(id) }),
              ConditionExpression: 'attribute_not_exists(pk) OR code = :code',
              ExpressionAttributeValues: toItem({ ':code': code }),
            }),
          ),
        );
        if (!reserved) return 'id-taken';
      }
      if (await put(operator, 'attribute_not_exists(pk) OR removed = :removed', { ':removed': true })) return undefined;
      // The client asks again where an answer is lost: what is there may be this very operator.
      return isDeepStrictEqual(await byCode(code), operator) ? undefined : 'code-taken';
    },

    /** An operator that was removed meanwhile is not brought back. */
    replace: (operator) => put(operator, `id = :id${isCatalogued(operator.code) ? ' OR attribute_not_exists(pk)' : ''}`, { ':id': operator.id }),

    /** An operator of the catalogue leaves a mark behind, or it would be there again. */
    async remove({ id, code }) {
      if (isCatalogued(code)) {
        await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem({ removed: true, code, ...operatorKey(code) }) }));
        return;
      }
      await dynamodb.send(new DeleteItemCommand({ TableName: table, Key: toItem(operatorKey(code)) }));
      await dynamodb.send(new DeleteItemCommand({ TableName: table, Key: toItem(numberKey(id)) }));
    },
  };
}

function operatorKey(code: string) {
  return { pk: STORED, sk: code };
}

function numberKey(id: number) {
  return { pk: NUMBERS, sk: String(id).padStart(ID_DIGITS, '0') };
}
