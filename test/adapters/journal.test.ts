import { afterAll, beforeAll, describe } from 'vitest';
import type { Journal } from '../../lib/ports.ts';
import { journalContract } from '../fakes/contracts/journal-contract.ts';
import { journalInMemory } from '../fakes/journal-in-memory.ts';
import { type FreshTables, freshTables } from './fresh-tables.ts';

let tables: FreshTables;
let adapter: (table: string) => Journal;

beforeAll(async () => {
  tables = await freshTables();
  adapter = (await import('../../lib/adapters/dynamodb/journal.ts')).dynamoJournal;
});
afterAll(() => tables.stop());

describe('a journal in a table', () => journalContract(async () => adapter(await tables.table())));
describe('a journal in memory', () => journalContract(async () => journalInMemory()));
