import { isDeepStrictEqual } from 'node:util';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type LedgerTransaction, statusVerdict } from '../../core/ledger.ts';
import type { ImportCounts } from '../../ports.ts';
import { claimRow, decideRow, type Pointer, pointersOf, pointsTo, type RowDecision, rowOf } from './ledger-pointer.ts';
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
 * Imports transactions of different ids into a ledger table. For each that is new, moved or becomes a success the pointer is written first, one by one and under a
 * condition, then the rows, 25 at a time and without one: an import that dies in between is brought to its end by the next one of the same transaction.
 */
export async function importBatch(table: string, transactions: readonly LedgerTransaction[]): Promise<ImportCounts> {
  const counts = { created: 0, changed: 0, unchanged: 0 };
  let left = transactions;
  let overtaken = new Map<string, Comparison>();
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt === TRIES) throw new Error('transactions were changed by others at every try: their import is tried again later');
    const compared = await compare(table, left);
    const different = compared.filter(isDifferent);
    for (const comparison of compared) {
      if (!isDifferent(comparison)) counts[decidedBefore(comparison, overtaken.get(comparison.transaction.transId)) ? 'changed' : 'unchanged'] += 1;
    }
    const decided: Comparison[] = [];
    const next = new Map<string, Comparison>();
    await eachOf(different, AT_ONCE, async (comparison) => {
      if (await decide(table, comparison)) decided.push(comparison);
      else next.set(comparison.transaction.transId, comparison);
    });
    await putAll(
      table,
      decided.map(({ transaction }) => rowItem(transaction)),
    );
    for (const comparison of decided) counts[isNew(comparison) ? 'created' : 'changed'] += 1;
    overtaken = next;
    left = [...next.values()].map(({ transaction }) => transaction);
  }
  return counts;
}

/**
 * A decision whose answer was lost is made again by the client, and refused: it stands already. What was different when this import looked, and stands one decision
 * later as this import says, is what it changed, or what another changed in the same way.
 */
function decidedBefore({ pointer }: Comparison, overtaken: Comparison | undefined): boolean {
  return overtaken?.pointer !== undefined && pointer?.settledBy === undefined && pointer?.version === overtaken.pointer.version + 1;
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
  return pointer === undefined || !saysAlready(pointer, decisionOf(transaction)) || !isDeepStrictEqual(row, transaction);
}

/** False where somebody else has decided something since the comparison. */
async function decide(table: string, { transaction, pointer }: Comparison): Promise<boolean> {
  const decision = decisionOf(transaction);
  if (pointer === undefined) return claimRow(table, transaction.transId, decision);
  if (saysAlready(pointer, decision)) return true;
  if (!pointsTo(pointer, decision.row)) await prepareMove(table, transaction, rowOf(pointer));
  return decideRow(table, pointer, decision);
}

function decisionOf(transaction: LedgerTransaction): RowDecision {
  return { row: rowKey(transaction), success: statusVerdict(transaction.status) === 'success' };
}

function saysAlready(pointer: Pointer, { row, success }: RowDecision): boolean {
  return pointsTo(pointer, row) && pointer.success === success;
}

/** A pointer without a row is what an import that died has left. */
function isNew({ transaction, pointer, row }: Comparison): boolean {
  return pointer === undefined || (row === undefined && pointsTo(pointer, rowKey(transaction)));
}

/** With both places sealed the pointer alone tells which row counts, and the new one lies there before it says so: there is one row at any moment. */
async function prepareMove(table: string, transaction: LedgerTransaction, from: Key): Promise<void> {
  for (const place of [rowKey(transaction), from]) {
    const item = { ...sealKey(place), seal: 'moved' } satisfies Seal & Key;
    await conditionally(dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem(item), ConditionExpression: 'attribute_not_exists(pk)' })));
  }
  await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem(rowItem(transaction)) }));
}
