import { afterAll, beforeAll, describe } from 'vitest';
import type { OpenItems, Retries } from '../../lib/ports.ts';
import { openItemsContract, retriesContract } from '../fakes/contracts/open-items-contract.ts';
import { openItemsInMemory, retriesInMemory } from '../fakes/open-items-in-memory.ts';
import { type FreshTables, freshTables } from './fresh-tables.ts';

let tables: FreshTables;
let openItems: (table: string) => OpenItems;
let retries: (table: string) => Retries;

beforeAll(async () => {
  tables = await freshTables();
  openItems = (await import('../../lib/adapters/dynamodb/open-items.ts')).dynamoOpenItems;
  retries = (await import('../../lib/adapters/dynamodb/retries.ts')).dynamoRetries;
});
afterAll(() => tables.stop());

describe('open items in a table', () => openItemsContract(async () => openItems(await tables.table())));
describe('open items in memory', () => openItemsContract(async () => openItemsInMemory()));
describe('retries in a table', () => retriesContract(async () => retries(await tables.table())));
describe('retries in memory', () => retriesContract(async () => retriesInMemory()));
