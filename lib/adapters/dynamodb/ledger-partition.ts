import { QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { LedgerTransaction } from '../../core/ledger.ts';
import { pointersOf, pointsTo } from './ledger-pointer.ts';
import { rowKey, storedTransaction } from './ledger-row.ts';
import { type Seal, seal, sealedRow } from './ledger-seal.ts';
import { dynamodb, fromItem, toItem } from './table.ts';

const sealItem = z.object({ sk: z.string() }).and(seal);

/** The transactions of a partition whose sort keys lie between two texts, each as its seal says. */
export async function queryPartition(table: string, pk: string, from: string, until: string): Promise<readonly LedgerTransaction[]> {
  const rows: LedgerTransaction[] = [];
  const seals = new Map<string, Seal>();
  let start: ReturnType<typeof toItem> | undefined;
  do {
    const answer = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
        ExpressionAttributeValues: toItem({ ':pk': pk, ':from': from, ':until': until }),
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    for (const item of (answer.Items ?? []).map(fromItem)) {
      if ('seal' in item) {
        const found = sealItem.parse(item);
        seals.set(sealedRow(found), found);
      } else rows.push(storedTransaction.parse(item));
    }
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
  return seals.size === 0 ? rows : unsealed(table, rows, seals);
}

async function unsealed(table: string, rows: readonly LedgerTransaction[], seals: ReadonlyMap<string, Seal>): Promise<readonly LedgerTransaction[]> {
  const sealOf = (row: LedgerTransaction) => seals.get(rowKey(row).sk);
  const moved = rows.filter((row) => sealOf(row)?.seal === 'moved').map(({ transId }) => transId);
  const pointers = await pointersOf(table, moved);
  return rows.flatMap((row) => {
    const found = sealOf(row);
    if (found === undefined) return [row];
    if (found.seal === 'settled') return [{ ...row, status: 'SUCCES', payid: found.payid, paymentDate: found.paymentDate }];
    const pointer = pointers.get(row.transId);
    return pointer !== undefined && pointsTo(pointer, rowKey(row)) ? [row] : [];
  });
}
