import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ledger, Settlements } from '../../lib/ports.ts';
import { transaction } from '../core/ledger-rows.ts';
import { ledgerContract } from '../fakes/contracts/ledger-contract.ts';
import { ledgerInMemory } from '../fakes/ledger-in-memory.ts';
import { between, inWindow } from './contract/ledger-entries.ts';
import { type FreshTables, freshTables } from './fresh-tables.ts';

let tables: FreshTables;
let adapter: (table: string) => Ledger & Settlements;

beforeAll(async () => {
  tables = await freshTables();
  const { dynamoLedger } = await import('../../lib/adapters/dynamodb/ledger.ts');
  const { dynamoSettlements } = await import('../../lib/adapters/dynamodb/settlements.ts');
  adapter = (table) => ({ ...dynamoLedger(table), ...dynamoSettlements(table) });
});
afterAll(() => tables.stop());

describe('a ledger in a table', () => {
  ledgerContract(async () => adapter(await tables.table()));

  it('reads partitions of more than one answer of 1 MB to their end', async () => {
    const ledger = adapter(await tables.table());
    const rows = Array.from({ length: 900 }, (_, index) =>
      transaction({
        transId: `T${index}`,
        merchant: 'x'.repeat(4_000),
        custom: 'y'.repeat(4_000),
        serviceName: 'z'.repeat(4_000),
        payid: 'p'.repeat(4_000),
        siteId: 's'.repeat(4_000),
      }),
    );
    await ledger.importTransactions(rows);
    const found = await inWindow(ledger, 'OM', between('2026-03-07T00:00:00Z', '2026-03-08T00:00:00Z'));
    expect(new Set(found.map(({ transId }) => transId)).size).toBe(900);
  });
});

describe('a ledger in memory', () => ledgerContract(async () => ledgerInMemory()));
