import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportCounts, Ledger, OperatorStore, Taches } from '../../lib/ports.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { aTache } from '../use-cases/a-tache.ts';
import { anEntry } from './contract/ledger-entries.ts';
import { type Interleaver, interleaverOf } from './dynamodb/interleaved.ts';
import { type FreshTables, freshTables } from './fresh-tables.ts';

const AT = '2026-03-08T07:00:00.000000Z';
const VALIDATION = { by: 'chef', at: AT, excluded: [3, 1] };

let tables: FreshTables;
let taches: Taches;
let operators: OperatorStore;
let ledger: Ledger;
let interleaver: Interleaver;

beforeAll(async () => {
  tables = await freshTables();
  const table = await tables.table();
  taches = (await import('../../lib/adapters/dynamodb/taches.ts')).dynamoTaches(table);
  operators = (await import('../../lib/adapters/dynamodb/operators.ts')).dynamoOperators(table);
  ledger = (await import('../../lib/adapters/dynamodb/ledger.ts')).dynamoLedger(await tables.table());
  interleaver = interleaverOf((await import('../../lib/adapters/dynamodb/table.ts')).dynamodb);
});
afterAll(() => tables.stop());

/** What comes of a request that was done once already, its answer lost: the client sends it again by itself. */
async function askedAgain<Answer>(request: () => Promise<Answer>): Promise<Answer | undefined> {
  let answer: Answer | undefined;
  const reached = await interleaver.interrupted(
    async () => {
      answer = await request();
    },
    0,
    request,
  );
  expect(reached).toBe(true);
  return answer;
}

describe('a validation whose beginning was done, its answer lost', () => {
  it('has begun', async () => {
    await taches.create(aTache({ id: 1, state: 'ATTENTE' }));
    expect(await askedAgain(() => taches.beginValidation(1, VALIDATION, AT))).toMatchObject({ state: 'VALIDEE', validation: VALIDATION });
  });

  it('has not begun where it is another’s that did', async () => {
    await taches.create(aTache({ id: 2, state: 'ATTENTE' }));
    await taches.beginValidation(2, { ...VALIDATION, by: 'autre' }, AT);
    expect(await taches.beginValidation(2, VALIDATION, AT)).toBeUndefined();
  });
});

describe('an operator whose creation was done, its answer lost', () => {
  const operator = { ...operatorNamed('OMCI'), id: 1_500, code: 'PERDUE' };

  it('is created, and is not told that its code is taken', async () => {
    expect(await operators.create(operator)).toBeUndefined();
    expect(await operators.create(operator)).toBeUndefined();
  });

  it('is not created where another has its code', async () => {
    expect(await operators.create({ ...operator, name: 'Une autre' })).toBe('code-taken');
  });
});

describe('an import of a changed transaction whose decision was done, its answer lost', () => {
  it.each([
    ['moved', { createdAt: '2026-03-07T13:00:00.000Z' }],
    ['became a success', { status: 'SUCCES', payid: 'P' }],
  ])('counts it as changed: it %s', async (_what, changes) => {
    // Compared, then decided: the requests before are those that tell what is there.
    for (let request = 2; ; request += 1) {
      const before = anEntry({ status: 'FAILED' });
      const after = { ...before, ...changes };
      await ledger.importTransactions([before]);
      const counts: ImportCounts[] = [];
      const reached = await interleaver.interrupted(
        async () => counts.push(await ledger.importTransactions([after])),
        request,
        () => ledger.importTransactions([after]),
      );
      if (!reached) break;
      expect(counts).toEqual([{ created: 0, changed: 1, unchanged: 0 }]);
    }
  });
});
