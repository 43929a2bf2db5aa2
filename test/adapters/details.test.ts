import { ScanCommand } from '@aws-sdk/client-dynamodb';
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

describe('details that are kept for a time', () => {
  it('end by themselves so many days after they were written, later if they are written again', async () => {
    const table = await tables.table();
    const { dynamoDetails } = await import('../../lib/adapters/dynamodb/details.ts');
    let now = '2026-03-07T00:00:00.000000Z';
    const details = dynamoDetails(table, { days: 30, now: () => now });
    const edition = await details.write(1, someDetails(1, 1, 1));
    expect(await expiries(table)).toEqual(['2026-04-06T00:00:00.000Z', '2026-04-06T00:00:00.000Z', '2026-04-06T00:00:00.000Z']);
    now = '2026-03-08T00:00:00.000000Z';
    expect(await details.write(1, someDetails(1, 1, 1))).toBe(edition);
    expect(new Set(await expiries(table))).toEqual(new Set(['2026-04-07T00:00:00.000Z']));
    expect(await details.read(1, edition, 'unexplained', 0, 1)).toEqual(someDetails(1, 1, 1).unexplained);
  });

  it('have no end where nothing says how long', async () => {
    const table = await tables.table();
    await adapter(table).write(1, someDetails(1, 0, 0));
    expect(await expiries(table)).toEqual([undefined]);
  });

  /** When the items of a table end. */
  async function expiries(table: string): Promise<readonly (string | undefined)[]> {
    const { dynamodb } = await import('../../lib/adapters/dynamodb/table.ts');
    const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: table }));
    return Items.map(({ expiresAt }) => (expiresAt?.N === undefined ? undefined : new Date(Number(expiresAt.N) * 1_000).toISOString()));
  }
});

describe('details in memory', () => detailsContract(async () => detailsInMemory()));
