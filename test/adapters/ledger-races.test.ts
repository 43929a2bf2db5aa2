import { afterAll, beforeAll, describe } from 'vitest';
import { ledgerRaces } from './dynamodb/ledger-races.ts';
import { type FreshTables, freshTables } from './fresh-tables.ts';

let tables: FreshTables;

beforeAll(async () => {
  tables = await freshTables();
});
afterAll(() => tables.stop());

describe('a ledger in a table', () => ledgerRaces(() => tables.table()));
