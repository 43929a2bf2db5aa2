import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { LedgerTransaction } from '../../core/ledger.ts';
import type { ImportCounts } from '../../ports.ts';
import { digestOf, type Pointer, pointer, pointerItem, pointerKey, pointsTo, rowItem, rowKey } from './ledger-row.ts';
import { conditionally, dynamodb, eachOf, getAll, type Key, putAll, toItem } from './table.ts';

/** Rows that are changed one by one are changed so many at a time. */
const AT_ONCE = 24;
/** Each time that another import of the same transaction was faster, it has written: two of them do not hold each other up. */
const TRIES = 10;
const UNSETTLED = 'attribute_not_exists(settledBy)';

type Change = 'created' | 'changed' | 'unchanged';

/**
 * Imports transactions of different ids into a ledger table. Rows first, pointers last: an import that dies in between finds its rows and goes on.
 * Afterwards the pointers are looked at again: where another import of the same transaction came in between, the last to point has the only row.
 */
export async function importBatch(table: string, transactions: readonly LedgerTransaction[]): Promise<ImportCounts> {
  const pointers = await pointersOf(table, transactions);
  const fresh = transactions.filter(({ transId }) => !pointers.has(transId));
  const left = new Set((await getAll(table, fresh.map(rowKey))).map(({ transId }) => transId));
  const created = fresh.filter(({ transId }) => !left.has(transId));
  await putAll(table, created.map(rowItem));
  await putAll(table, created.map(pointerItem));
  const written = await pointersOf(table, created);
  const overtaken = created.filter((transaction) => written.get(transaction.transId)?.digest !== digestOf(transaction));

  const counts = { created: created.length, changed: 0, unchanged: 0 };
  await eachOf(overtaken, AT_ONCE, async (transaction) => {
    await yieldRow(table, transaction, written.get(transaction.transId));
    await change(table, transaction, written.get(transaction.transId));
  });
  const known = transactions.filter(({ transId }) => pointers.has(transId) || left.has(transId));
  await eachOf(known, AT_ONCE, async (transaction) => {
    counts[await change(table, transaction, pointers.get(transaction.transId))] += 1;
  });
  return counts;
}

/** Brings a transaction that the ledger may hold already up to date. A row that a validation has settled stays as it is. */
async function change(table: string, transaction: LedgerTransaction, found: Pointer | undefined): Promise<Change> {
  let known = found;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (known?.digest === digestOf(transaction)) return 'unchanged';
    const moved = known !== undefined && !pointsTo(known, rowKey(transaction));
    if (known !== undefined && moved && !(await removeRow(table, { pk: known.rowPk, sk: known.rowSk }))) return 'unchanged';
    const written = await conditionally(dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem(rowItem(transaction)), ConditionExpression: UNSETTLED })));
    // Even a settled row is pointed to: only so it is found when the transaction comes with another date.
    if (await point(table, transaction, known)) return written ? (known === undefined ? 'created' : 'changed') : 'unchanged';
    const faster = (await pointersOf(table, [transaction])).get(transaction.transId);
    await yieldRow(table, transaction, faster);
    known = faster;
  }
  throw new Error('a transaction was changed by others at every try: its import is tried again later');
}

/** Points to the row of a transaction; false where another import has pointed elsewhere since. */
function point(table: string, transaction: LedgerTransaction, known: Pointer | undefined): Promise<boolean> {
  return conditionally(
    dynamodb.send(
      new PutItemCommand({
        TableName: table,
        Item: toItem(pointerItem(transaction)),
        ...(known === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'rowPk = :rowPk AND rowSk = :rowSk AND digest = :digest',
              ExpressionAttributeValues: toItem({ ':rowPk': known.rowPk, ':rowSk': known.rowSk, ':digest': known.digest }),
            }),
      }),
    ),
  );
}

/** Takes back a row that nothing points to. */
async function yieldRow(table: string, transaction: LedgerTransaction, pointed: Pointer | undefined): Promise<void> {
  if (pointed !== undefined && !pointsTo(pointed, rowKey(transaction))) await removeRow(table, rowKey(transaction));
}

/** False where a validation has settled the row: it is never taken back. */
function removeRow(table: string, key: Key): Promise<boolean> {
  return conditionally(dynamodb.send(new DeleteItemCommand({ TableName: table, Key: toItem(key), ConditionExpression: UNSETTLED })));
}

async function pointersOf(table: string, transactions: readonly LedgerTransaction[]): Promise<ReadonlyMap<string, Pointer>> {
  const found = await getAll(
    table,
    transactions.map(({ transId }) => pointerKey(transId)),
  );
  return new Map(found.map((item) => pointer.parse(item)).map((known) => [known.transId, known]));
}
