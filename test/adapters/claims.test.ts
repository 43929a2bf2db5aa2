import { afterAll, beforeAll, describe } from 'vitest';
import type { Claims } from '../../lib/ports.ts';
import { claimsInMemory } from '../fakes/claims-in-memory.ts';
import { claimsContract } from '../fakes/contracts/claims-contract.ts';
import { type FreshTables, freshTables } from './fresh-tables.ts';

let tables: FreshTables;
let adapter: (table: string) => Claims;

beforeAll(async () => {
  tables = await freshTables();
  adapter = (await import('../../lib/adapters/dynamodb/claims.ts')).dynamoClaims;
});
afterAll(() => tables.stop());

describe('claims in a table', () => claimsContract(async () => adapter(await tables.table())));
describe('claims in memory', () => claimsContract(async () => claimsInMemory()));
