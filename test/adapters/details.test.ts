import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DetailsStore } from '../../lib/ports.ts';
import { detailsContract } from '../fakes/contracts/details-contract.ts';
import { detailsInMemory } from '../fakes/details-in-memory.ts';
import { aRowDetail, aTransactionDetail, someDetails } from '../fakes/some-details.ts';
import { type FreshTables, freshTables } from './fresh-tables.ts';

let tables: FreshTables;
let adapter: (table: string) => DetailsStore;

beforeAll(async () => {
  tables = await freshTables();
  adapter = (await import('../../lib/adapters/dynamodb/details.ts')).dynamoDetails;
});
afterAll(() => tables.stop());

describe('details in a table', () => {
  detailsContract(async () => adapter(await tables.table()));

  it('keep every kind of anomaly as it is', async () => {
    const details = adapter(await tables.table());
    const anomalies = [
      { type: 'amount-differs', row: aRowDetail(0), transaction: aTransactionDetail(0) },
      { type: 'statement-duplicate', row: aRowDetail(1) },
      { type: 'ledger-duplicate', transaction: aTransactionDetail(2) },
      { type: 'absent', transaction: aTransactionDetail(3), nearEdge: true },
    ] as const;
    const edition = await details.write(1, { correspondents: [], unexplained: [], anomalies });
    expect(await details.read(1, edition, 'anomaly', 0, 9)).toEqual(anomalies);
  });

  it('keep of a cell that no item could hold the beginning', async () => {
    const details = adapter(await tables.table());
    const [unexplained] = someDetails(0, 1, 0).unexplained;
    const long = { id: unexplained?.id ?? 1, row: aRowDetail(0, { payid: '🧾'.repeat(200_000), status: 'x'.repeat(500_000) }) };
    const edition = await details.write(1, { correspondents: [], unexplained: [long], anomalies: [] });
    const [kept] = await details.read(1, edition, 'unexplained', 0, 1);
    expect(kept?.row.payid).toMatch(/^(?:🧾){2000}…$/u);
    expect(kept?.row.status).toMatch(/^x{4000}…$/u);
  });
});

describe('details in memory', () => detailsContract(async () => detailsInMemory()));
