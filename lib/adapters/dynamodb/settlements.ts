import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Settlements } from '../../ports.ts';
import { decideSettlement } from './ledger-pointer.ts';
import { type Seal, sealKey } from './ledger-seal.ts';
import { dynamodb, type Key, toItem } from './table.ts';

/** What validations do to the transactions of a ledger table. */
export function dynamoSettlements(table: string): Settlements {
  return {
    async settle({ transId }, { tacheId, payid, paymentDate }) {
      const row = await decideSettlement(table, transId, tacheId);
      if (row === undefined) return 'conflict';
      // Written again where it is there already: a run that died between the two writes left it out.
      const item = { ...sealKey(row), seal: 'settled', settledBy: tacheId, payid, paymentDate } satisfies Seal & Key;
      await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem(item) }));
      return 'applied';
    },
  };
}
