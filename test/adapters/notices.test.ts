import { afterAll, beforeAll, describe } from 'vitest';
import type { Deliveries, NoticeChoicesStore } from '../../lib/ports.ts';
import { choicesContract, deliveriesContract } from '../fakes/contracts/notices-contract.ts';
import { deliveriesInMemory, noticeChoicesInMemory } from '../fakes/notices-in-memory.ts';
import { type FreshTables, freshTables } from './fresh-tables.ts';

let tables: FreshTables;
let choices: (table: string) => NoticeChoicesStore;
let deliveries: (table: string) => Deliveries;

beforeAll(async () => {
  tables = await freshTables();
  choices = (await import('../../lib/adapters/dynamodb/notice-choices.ts')).dynamoNoticeChoices;
  deliveries = (await import('../../lib/adapters/dynamodb/deliveries.ts')).dynamoDeliveries;
});
afterAll(() => tables.stop());

describe('choices in a table', () => choicesContract(async () => choices(await tables.table())));
describe('choices in memory', () => choicesContract(async () => noticeChoicesInMemory()));
describe('deliveries in a table', () => deliveriesContract(async () => deliveries(await tables.table())));
describe('deliveries in memory', () => deliveriesContract(async () => deliveriesInMemory()));
