import { afterAll, beforeAll, describe } from 'vitest';
import type { HeardObjects } from '../../lib/ports.ts';
import { heardObjectsContract } from '../fakes/contracts/heard-objects-contract.ts';
import { heardInMemory } from '../fakes/heard-in-memory.ts';
import { type FreshTables, freshTables } from './fresh-tables.ts';

let tables: FreshTables;
let heard: (table: string) => HeardObjects;

beforeAll(async () => {
  tables = await freshTables();
  heard = (await import('../../lib/adapters/dynamodb/heard-objects.ts')).dynamoHeardObjects;
});
afterAll(() => tables.stop());

describe('heard objects in a table', () => heardObjectsContract(async () => heard(await tables.table())));
describe('heard objects in memory', () => heardObjectsContract(async () => heardInMemory()));
