import type { LedgerLookup } from '../../ports.ts';
import { pointersOf, rowOf } from './ledger-pointer.ts';
import { storedTransaction } from './ledger-row.ts';
import { getAll } from './table.ts';

/** Finds transactions of a ledger table by their id. */
export function dynamoLedgerLookup(table: string): LedgerLookup {
  return {
    async find(transId) {
      const pointer = (await pointersOf(table, [transId])).get(transId);
      if (pointer === undefined) return undefined;
      const [item] = await getAll(table, [rowOf(pointer)]);
      if (item === undefined) return undefined;
      const transaction = storedTransaction.parse(item);
      // Whether it is a success stands on the pointer: a validation writes none on the row itself.
      return pointer.settledBy === undefined ? transaction : { ...transaction, status: 'SUCCES' };
    },
  };
}
