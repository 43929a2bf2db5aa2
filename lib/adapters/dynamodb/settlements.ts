import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { statusVerdict } from '../../core/ledger.ts';
import type { Settlement, Settlements } from '../../ports.ts';
import { decide, pointersOf, rowOf } from './ledger-pointer.ts';
import { storedTransaction } from './ledger-row.ts';
import { type Seal, sealKey } from './ledger-seal.ts';
import { dynamodb, fromItem, type Key, toItem } from './table.ts';

/** An import may change a transaction between a look at it and the write: so often a look is taken again. */
const TRIES = 5;

/** What validations do to the rows of a ledger table. */
export function dynamoSettlements(table: string): Settlements {
  return {
    async settle({ transId }, settlement) {
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        // The pointer before the row: who changes the row afterwards has written the pointer since.
        const pointer = (await pointersOf(table, [transId])).get(transId);
        if (pointer === undefined || (pointer.settledBy ?? settlement.tacheId) !== settlement.tacheId) return 'conflict';
        const key = rowOf(pointer);
        if (pointer.settledBy === undefined) {
          const status = await statusOf(table, key);
          if (status === undefined || statusVerdict(status) === 'success') return 'conflict';
          if (!(await decide(table, pointer, { settledBy: settlement.tacheId }))) continue;
        }
        // A run that died between the two writes left this one.
        await putSeal(table, key, settlement);
        return 'applied';
      }
      throw new Error('a transaction was changed at every look: the validation is tried again later');
    },
  };
}

async function statusOf(table: string, key: Key): Promise<string | undefined> {
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: toItem(key), ConsistentRead: true }));
  return Item && storedTransaction.parse(fromItem(Item)).status;
}

async function putSeal(table: string, row: Key, { tacheId, payid, paymentDate }: Settlement): Promise<void> {
  const item = { ...sealKey(row), seal: 'settled', settledBy: tacheId, payid, paymentDate } satisfies Seal & Key;
  await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem(item) }));
}
