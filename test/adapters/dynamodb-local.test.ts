import { afterAll, beforeAll, describe } from 'vitest';
import type { Claims, DetailsStore, Ledger, RefreshTokens, Revocations, Settlements, Taches, Users } from '../../lib/ports.ts';
import { claimsContract } from '../fakes/contracts/claims-contract.ts';
import { detailsContract } from '../fakes/contracts/details-contract.ts';
import { ledgerContract } from '../fakes/contracts/ledger-contract.ts';
import { refreshTokensContract, revocationsContract } from '../fakes/contracts/revocations-contract.ts';
import { tachesContract } from '../fakes/contracts/taches-contract.ts';
import { usersContract } from '../fakes/contracts/users-contract.ts';
import { startDynamodbLocal, whyNoDynamodbLocal } from './dynamodb/dynamodb-local.ts';
import { ledgerRaces } from './dynamodb/ledger-races.ts';
import { type FreshTables, freshTables } from './fresh-tables.ts';

interface Adapters {
  readonly claims: (table: string) => Claims;
  readonly details: (table: string) => DetailsStore;
  readonly ledger: (table: string) => Ledger & Settlements;
  readonly refreshTokens: (table: string) => RefreshTokens;
  readonly revocations: (table: string) => Revocations;
  readonly taches: (table: string) => Taches;
  readonly users: (table: string) => Users;
}

let tables: FreshTables | undefined;
let adapters: Adapters;

async function aTable(): Promise<string> {
  if (tables === undefined) throw new Error('the service is not there');
  return tables.table();
}

const reason = whyNoDynamodbLocal();

/** The second opinion: what our stores do at the table service of `npm start` they do at Amazon's own. */
describe.skipIf(reason !== undefined)(`in DynamoDB Local${reason === undefined ? '' : `, left out: ${reason}`}`, () => {
  beforeAll(async () => {
    tables = await freshTables(startDynamodbLocal);
    const { dynamoLedger } = await import('../../lib/adapters/dynamodb/ledger.ts');
    const { dynamoSettlements } = await import('../../lib/adapters/dynamodb/settlements.ts');
    adapters = {
      claims: (await import('../../lib/adapters/dynamodb/claims.ts')).dynamoClaims,
      details: (await import('../../lib/adapters/dynamodb/details.ts')).dynamoDetails,
      ledger: (table) => ({ ...dynamoLedger(table), ...dynamoSettlements(table) }),
      refreshTokens: (await import('../../lib/adapters/dynamodb/refresh-tokens.ts')).dynamoRefreshTokens,
      revocations: (await import('../../lib/adapters/dynamodb/revocations.ts')).dynamoRevocations,
      taches: (await import('../../lib/adapters/dynamodb/taches.ts')).dynamoTaches,
      users: (await import('../../lib/adapters/dynamodb/users.ts')).dynamoUsers,
    };
  });
  afterAll(() => tables?.stop());

  describe('claims', () => claimsContract(async () => adapters.claims(await aTable())));
  describe('details', () => detailsContract(async () => adapters.details(await aTable())));
  describe('a ledger', () => {
    ledgerContract(async () => adapters.ledger(await aTable()));
    ledgerRaces(aTable);
  });
  describe('refresh tokens', () => refreshTokensContract(async () => adapters.refreshTokens(await aTable())));
  describe('revocations', () => revocationsContract(async () => adapters.revocations(await aTable())));
  describe('taches', () => tachesContract(async () => adapters.taches(await aTable())));
  describe('users', () => usersContract(async () => adapters.users(await aTable())));
});
