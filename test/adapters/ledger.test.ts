import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowKey } from '../../lib/adapters/dynamodb/ledger-row.ts';
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
    const long = 'x'.repeat(4_000);
    const many = Array.from({ length: 2_000 }, (_, index) => transaction({ transId: `T${index}`, merchant: long, custom: long, serviceName: long, payid: long, siteId: long }));
    const rows = many.filter((row) => rowKey(row).pk === rowKey(transaction({ transId: 'T0' })).pk);
    expect(rows.length * 20_000).toBeGreaterThan(1_048_576);
    await ledger.importTransactions(rows);
    const found = await inWindow(ledger, 'OM', between('2026-03-07T00:00:00Z', '2026-03-08T00:00:00Z'));
    expect(new Set(found.map(({ transId }) => transId)).size).toBe(rows.length);
  });
});

describe('a ledger in memory', () => ledgerContract(async () => ledgerInMemory()));
