import { afterAll, beforeAll, describe } from 'vitest';
import type { RefreshTokens, Revocations } from '../../lib/ports.ts';
import { refreshTokensContract, revocationsContract } from '../fakes/contracts/revocations-contract.ts';
import { refreshTokensInMemory, revocationsInMemory } from '../fakes/revocations-in-memory.ts';
import { type FreshTables, freshTables } from './fresh-tables.ts';

let tables: FreshTables;
let revocations: (table: string) => Revocations;
let refreshTokens: (table: string) => RefreshTokens;

beforeAll(async () => {
  tables = await freshTables();
  revocations = (await import('../../lib/adapters/dynamodb/revocations.ts')).dynamoRevocations;
  refreshTokens = (await import('../../lib/adapters/dynamodb/refresh-tokens.ts')).dynamoRefreshTokens;
});
afterAll(() => tables.stop());

describe('revocations in a table', () => revocationsContract(async () => revocations(await tables.table())));
describe('revocations in memory', () => revocationsContract(async () => revocationsInMemory()));
describe('refresh tokens in a table', () => refreshTokensContract(async () => refreshTokens(await tables.table())));
describe('refresh tokens in memory', () => refreshTokensContract(async () => refreshTokensInMemory()));
