import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { conditionally, dynamodb, getAll, type Key, toItem } from './table.ts';

/**
 * What decides over a transaction: where its row lies, and which tache settled it. Whoever creates, changes, moves or settles one writes its pointer first, under
 * the condition that it is as it was seen: of two at once one is told to look again.
 */
const pointer = z.object({ transId: z.string(), rowPk: z.string(), rowSk: z.string(), version: z.int(), settledBy: z.int().optional() });
export type Pointer = z.infer<typeof pointer>;

/** What a pointer is to say from now on. */
type Decision = { readonly row: Key } | { readonly settledBy: number };

export function pointerKey(transId: string): Key {
  return { pk: `transaction#${transId}`, sk: '-' };
}

export function rowOf({ rowPk, rowSk }: Pointer): Key {
  return { pk: rowPk, sk: rowSk };
}

export function pointsTo({ rowPk, rowSk }: Pointer, { pk, sk }: Key): boolean {
  return rowPk === pk && rowSk === sk;
}

/** The pointers of transactions, by id. */
export async function pointersOf(table: string, transIds: readonly string[]): Promise<ReadonlyMap<string, Pointer>> {
  const found = await getAll(table, [...new Set(transIds)].map(pointerKey));
  return new Map(found.map((item) => pointer.parse(item)).map((known) => [known.transId, known]));
}

/** Points to the row of a transaction that has none; false where another import was first. */
export function claimRow(table: string, transId: string, { pk, sk }: Key): Promise<boolean> {
  return conditionally(
    dynamodb.send(
      new PutItemCommand({
        TableName: table,
        Item: toItem({ ...pointerKey(transId), transId, rowPk: pk, rowSk: sk, version: 0 } satisfies Pointer & Key),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
}

/** Decides over a transaction; false where somebody else has decided something since it was seen. */
export function decide(table: string, seen: Pointer, decision: Decision): Promise<boolean> {
  const values =
    'row' in decision
      ? { set: 'rowPk = :pk, rowSk = :sk', values: { ':pk': decision.row.pk, ':sk': decision.row.sk } }
      : { set: 'settledBy = :tache', values: { ':tache': decision.settledBy } };
  return conditionally(
    dynamodb.send(
      new UpdateItemCommand({
        TableName: table,
        Key: toItem(pointerKey(seen.transId)),
        UpdateExpression: `SET version = :next, ${values.set}`,
        ConditionExpression: 'version = :seen AND attribute_not_exists(settledBy)',
        ExpressionAttributeValues: toItem({ ':seen': seen.version, ':next': seen.version + 1, ...values.values }),
      }),
    ),
  );
}
