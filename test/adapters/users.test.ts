import { afterAll, beforeAll, describe } from 'vitest';
import type { Users } from '../../lib/ports.ts';
import { usersContract } from '../fakes/contracts/users-contract.ts';
import { usersInMemory } from '../fakes/users-in-memory.ts';
import { type FreshTables, freshTables } from './fresh-tables.ts';

let tables: FreshTables;
let adapter: (table: string) => Users;

beforeAll(async () => {
  tables = await freshTables();
  adapter = (await import('../../lib/adapters/dynamodb/users.ts')).dynamoUsers;
});
afterAll(() => tables.stop());

describe('users in a table', () => usersContract(async () => adapter(await tables.table())));
describe('users in memory', () => usersContract(async () => usersInMemory()));
