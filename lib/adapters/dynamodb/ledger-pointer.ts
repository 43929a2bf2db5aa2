import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { conditionalAnswer, conditionally, dynamodb, fromItem, getAll, type Key, toItem } from './table.ts';

/**
 * What decides over a transaction: where its row lies, whether it is a success, and which tache settled it. Whoever creates, changes, moves or settles one writes
 * its pointer first, under the condition that nobody has decided otherwise: of two at once one is told to look again.
 */
const pointer = z.object({ transId: z.string(), rowPk: z.string(), rowSk: z.string(), success: z.boolean(), version: z.int(), settledBy: z.int().optional() });
export type Pointer = z.infer<typeof pointer>;

/** What an import decides. */
export interface RowDecision {
  readonly row: Key;
  readonly success: boolean;
}

function pointerKey(transId: string): Key {
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
export function claimRow(table: string, transId: string, { row, success }: RowDecision): Promise<boolean> {
  return conditionally(
    dynamodb.send(
      new PutItemCommand({
        TableName: table,
        Item: toItem({ ...pointerKey(transId), transId, rowPk: row.pk, rowSk: row.sk, success, version: 0 } satisfies Pointer & Key),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
}

/** Decides what an import says of a transaction; false where somebody else has decided something since it was seen. */
export function decideRow(table: string, seen: Pointer, { row, success }: RowDecision): Promise<boolean> {
  return conditionally(
    dynamodb.send(
      new UpdateItemCommand({
        TableName: table,
        Key: toItem(pointerKey(seen.transId)),
        UpdateExpression: 'SET version = version + :one, rowPk = :pk, rowSk = :sk, success = :success',
        ConditionExpression: 'version = :seen AND attribute_not_exists(settledBy)',
        ExpressionAttributeValues: toItem({ ':one': 1, ':seen': seen.version, ':pk': row.pk, ':sk': row.sk, ':success': success }),
      }),
    ),
  );
}

/** Decides that a tache settles a transaction, or has done so; gives its row, or `undefined` where it is a success otherwise, or is not there. */
export async function decideSettlement(table: string, transId: string, tacheId: number): Promise<Key | undefined> {
  const answer = await conditionalAnswer(
    dynamodb.send(
      new UpdateItemCommand({
        TableName: table,
        Key: toItem(pointerKey(transId)),
        UpdateExpression: 'SET version = version + :one, settledBy = :tache',
        ConditionExpression: 'settledBy = :tache OR (attribute_not_exists(settledBy) AND success = :no)',
        ExpressionAttributeValues: toItem({ ':one': 1, ':tache': tacheId, ':no': false }),
        ReturnValues: 'ALL_NEW',
      }),
    ),
  );
  return answer && rowOf(pointer.parse(fromItem(answer.Attributes ?? {})));
}
