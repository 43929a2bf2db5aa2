import { afterAll, beforeAll, describe } from 'vitest';
import type { Taches } from '../../lib/ports.ts';
import { tachesContract } from '../fakes/contracts/taches-contract.ts';
import { tachesInMemory } from '../fakes/taches-in-memory.ts';
import { type FreshTables, freshTables } from './fresh-tables.ts';

let tables: FreshTables;
let adapter: (table: string) => Taches;

beforeAll(async () => {
  tables = await freshTables();
  adapter = (await import('../../lib/adapters/dynamodb/taches.ts')).dynamoTaches;
});
afterAll(() => tables.stop());

describe('taches in a table', () => tachesContract(async () => adapter(await tables.table())));
describe('taches in memory', () => tachesContract(async () => tachesInMemory()));
