import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { WindowTransaction } from '../../core/ledger.ts';
import { pointersOf, pointsTo } from './ledger-pointer.ts';
import { type Seal, seal } from './ledger-seal.ts';
import { dynamodb, fromItem, toItem } from './table.ts';

type Item = Readonly<Record<string, AttributeValue>>;

/** The rows of one shard of one day of a payment method. */
export interface Partition {
  readonly paymentMethod: string;
  readonly pk: string;
}

interface Row {
  readonly sk: string;
  readonly transaction: WindowTransaction;
}

const sealItem = z.object({ sk: z.string() }).and(seal);

/** Of a row only what a reconciliation uses; what its sort key says is not asked for again. */
const NAMES = {
  '#sk': 'sk',
  '#seal': 'seal',
  '#settledBy': 'settledBy',
  '#payid': 'payid',
  '#paymentDate': 'paymentDate',
  '#merchant': 'merchant',
  '#serviceName': 'serviceName',
  '#amount': 'amount',
  '#phone': 'phone',
  '#status': 'status',
  '#custom': 'custom',
} as const;
const PROJECTION = Object.keys(NAMES).join(', ');

/** The transactions of a partition whose sort keys lie between two texts, page by page, each as its seal says. */
export async function* partitionPages(table: string, { pk, paymentMethod }: Partition, from: string, until: string): AsyncGenerator<readonly WindowTransaction[]> {
  // A seal lies before its row: when a row comes, its seal has come.
  const seals = new Map<string, Seal>();
  let start: Record<string, AttributeValue> | undefined;
  do {
    const answer = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND #sk BETWEEN :from AND :until',
        ProjectionExpression: PROJECTION,
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: toItem({ ':pk': pk, ':from': from, ':until': until }),
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    const rows: Row[] = [];
    for (const item of answer.Items ?? []) {
      if (item['seal'] === undefined) rows.push(rowOf(item, paymentMethod));
      else {
        const found = sealItem.parse(fromItem(item));
        seals.set(found.sk, found);
      }
    }
    if (rows.length > 0) yield await unsealed(table, pk, rows, seals);
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
}

/** Read by hand: of a million rows, each microsecond is a second. @throws where a row is not one that an import wrote */
function rowOf(item: Item, paymentMethod: string): Row {
  const sk = textOf(item, 'sk');
  const sign = sk.indexOf('#');
  const phone = item['phone']?.N;
  return {
    sk,
    transaction: {
      transId: sk.slice(sign + 1),
      createdAt: sk.slice(0, sign),
      paymentMethod,
      paymentDate: textOf(item, 'paymentDate'),
      merchant: textOf(item, 'merchant'),
      serviceName: textOf(item, 'serviceName'),
      amount: textOf(item, 'amount'),
      phone: phone === undefined ? textOf(item, 'phone') : Number(phone),
      status: textOf(item, 'status'),
      payid: textOf(item, 'payid'),
      custom: textOf(item, 'custom'),
    },
  };
}

function textOf(item: Item, name: string): string {
  const text = item[name]?.S;
  if (text === undefined) throw new Error(`a row of the ledger has no text in ${name}`);
  return text;
}

async function unsealed(table: string, pk: string, rows: readonly Row[], seals: ReadonlyMap<string, Seal>): Promise<readonly WindowTransaction[]> {
  if (seals.size === 0) return rows.map(({ transaction }) => transaction);
  const sealOf = ({ sk }: Row) => seals.get(sk.replace('#', '!'));
  const moved = rows.filter((row) => sealOf(row)?.seal === 'moved').map(({ transaction }) => transaction.transId);
  const pointers = await pointersOf(table, moved);
  return rows.flatMap((row) => {
    const found = sealOf(row);
    const { sk, transaction } = row;
    if (found === undefined) return [transaction];
    if (found.seal === 'settled') return [{ ...transaction, status: 'SUCCES', payid: found.payid, paymentDate: found.paymentDate }];
    const pointer = pointers.get(transaction.transId);
    return pointer !== undefined && pointsTo(pointer, { pk, sk }) ? [transaction] : [];
  });
}
