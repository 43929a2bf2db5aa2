import { isDeepStrictEqual } from 'node:util';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { LedgerTransaction } from '../../core/ledger.ts';
import type { ImportCounts } from '../../ports.ts';
import { claimRow, decide, type Pointer, pointersOf, pointsTo, rowOf } from './ledger-pointer.ts';
import { rowItem, rowKey, storedTransaction } from './ledger-row.ts';
import { type Seal, sealKey } from './ledger-seal.ts';
import { conditionally, dynamodb, eachOf, getAll, type Key, putAll, toItem } from './table.ts';

/** Pointers that are written at the same time: as many as the client opens connections. */
const AT_ONCE = 48;
/** Each time that somebody else was faster, they have decided something: two of them do not hold each other up. */
const TRIES = 10;

/** A transaction of an import beside what the ledger has of it. */
interface Comparison {
  readonly transaction: LedgerTransaction;
  readonly pointer: Pointer | undefined;
  /** What lies where its row is to lie. */
  readonly row: LedgerTransaction | undefined;
}

/**
 * Imports transactions of different ids into a ledger table. For each that is new or changed the pointer is written first, one by one and under a condition, then
 * the rows, 25 at a time and without one: an import that dies in between is brought to its end by the next one of the same transaction.
 */
export async function importBatch(table: string, transactions: readonly LedgerTransaction[]): Promise<ImportCounts> {
  const counts = { created: 0, changed: 0, unchanged: 0 };
  let left = transactions;
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt === TRIES) throw new Error('transactions were changed by others at every try: their import is tried again later');
    const compared = await compare(table, left);
    const different = compared.filter(isDifferent);
    counts.unchanged += compared.length - different.length;
    const decided: Comparison[] = [];
    const overtaken: LedgerTransaction[] = [];
    await eachOf(different, AT_ONCE, async (comparison) => {
      if (await decideRow(table, comparison)) decided.push(comparison);
      else overtaken.push(comparison.transaction);
    });
    await putAll(
      table,
      decided.map(({ transaction }) => rowItem(transaction)),
    );
    for (const { pointer, row, transaction } of decided) counts[row === undefined && isHere(pointer, transaction) ? 'created' : 'changed'] += 1;
    left = overtaken;
  }
  return counts;
}

async function compare(table: string, transactions: readonly LedgerTransaction[]): Promise<readonly Comparison[]> {
  const pointers = await pointersOf(
    table,
    transactions.map(({ transId }) => transId),
  );
  const rows = (await getAll(table, transactions.map(rowKey))).map((item) => storedTransaction.parse(item));
  const byId = new Map(rows.map((row) => [row.transId, row]));
  return transactions.map((transaction) => ({ transaction, pointer: pointers.get(transaction.transId), row: byId.get(transaction.transId) }));
}

/** What a validation has settled stays as it is. */
function isDifferent({ transaction, pointer, row }: Comparison): boolean {
  if (pointer?.settledBy !== undefined) return false;
  return pointer === undefined || !pointsTo(pointer, rowKey(transaction)) || !isDeepStrictEqual(row, transaction);
}

function isHere(pointer: Pointer | undefined, transaction: LedgerTransaction): boolean {
  return pointer === undefined || pointsTo(pointer, rowKey(transaction));
}

/** False where somebody else has decided something since the comparison. */
async function decideRow(table: string, { transaction, pointer }: Comparison): Promise<boolean> {
  const key = rowKey(transaction);
  if (pointer === undefined) return claimRow(table, transaction.transId, key);
  if (!pointsTo(pointer, key)) await prepareMove(table, transaction, rowOf(pointer));
  return decide(table, pointer, { row: key });
}

/** With both places sealed the pointer alone tells which row counts, and the new one lies there before it says so: there is one row at any moment. */
async function prepareMove(table: string, transaction: LedgerTransaction, from: Key): Promise<void> {
  for (const place of [rowKey(transaction), from]) {
    const item = { ...sealKey(place), seal: 'moved' } satisfies Seal & Key;
    await conditionally(dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem(item), ConditionExpression: 'attribute_not_exists(pk)' })));
  }
  await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem(rowItem(transaction)) }));
}
