import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { statusVerdict } from '../../core/ledger.ts';
import type { SettledTransaction, Settlement, Settlements } from '../../ports.ts';
import { pointerKey, rowKey } from './ledger-row.ts';
import { conditionally, dynamodb, fromItem, type Key, toItem } from './table.ts';

const row = z.object({ status: z.string(), settledBy: z.int().optional() });
const pointer = z.object({ rowPk: z.string(), rowSk: z.string() });

/** An import may change a row between a look at it and the write: so often a look is taken again. */
const TRIES = 5;

/** What validations do to the rows of a ledger table. */
export function dynamoSettlements(table: string): Settlements {
  return {
    async settle(transaction, settlement) {
      let key = rowKey(transaction);
      let seen: string | undefined = transaction.status;
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        if (seen !== undefined && (await makeSuccess(table, key, seen, settlement))) return 'applied';
        const found = await find(table, transaction);
        if (found === undefined) return 'conflict';
        if (found.settledBy !== undefined) return found.settledBy === settlement.tacheId ? 'applied' : 'conflict';
        if (statusVerdict(found.status) === 'success') return 'conflict';
        key = found.key;
        seen = found.status;
      }
      throw new Error('a ledger row changed at every look: the validation is tried again later');
    },
  };
}

/** Only while the row is as it was seen, not a success, and nobody else has settled it. */
function makeSuccess(table: string, key: Key, seen: string, { tacheId, payid, paymentDate }: Settlement): Promise<boolean> {
  return conditionally(
    dynamodb.send(
      new UpdateItemCommand({
        TableName: table,
        Key: toItem(key),
        UpdateExpression: 'SET #status = :success, payid = :payid, paymentDate = :paymentDate, settledBy = :tache, statusBefore = :seen',
        ConditionExpression: 'attribute_exists(pk) AND #status = :seen AND attribute_not_exists(settledBy)',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: toItem({ ':success': 'SUCCES', ':payid': payid, ':paymentDate': paymentDate, ':tache': tacheId, ':seen': seen }),
      }),
    ),
  );
}

/** The row of a transaction where it lies now: an import may have moved it to another moment. */
async function find(table: string, transaction: SettledTransaction) {
  const there = await read(table, rowKey(transaction));
  if (there !== undefined) return there;
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: toItem(pointerKey(transaction.transId)), ConsistentRead: true }));
  if (Item === undefined) return undefined;
  const { rowPk, rowSk } = pointer.parse(fromItem(Item));
  return read(table, { pk: rowPk, sk: rowSk });
}

async function read(table: string, key: Key) {
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: toItem(key), ConsistentRead: true }));
  return Item && { ...row.parse(fromItem(Item)), key };
}
