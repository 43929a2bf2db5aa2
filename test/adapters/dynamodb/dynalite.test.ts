import { afterAll, beforeAll, describe } from 'vitest';
import { startDynalite } from './dynalite.ts';
import { describeLedgerRaces } from './ledger-races.ts';
import { type TableService, useTables } from './table-service.ts';

describe('against dynalite', () => {
  let service: TableService;
  beforeAll(async () => {
    service = await useTables(startDynalite);
  });
  afterAll(() => service.stop());

  describe('the ledger', describeLedgerRaces);
});
