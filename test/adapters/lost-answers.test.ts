import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Taches } from '../../lib/ports.ts';
import { aTache } from '../use-cases/a-tache.ts';
import { type Interleaver, interleaverOf } from './dynamodb/interleaved.ts';
import { type FreshTables, freshTables } from './fresh-tables.ts';

const AT = '2026-03-08T07:00:00.000000Z';
const VALIDATION = { by: 'chef', at: AT, excluded: [3, 1] };

let tables: FreshTables;
let taches: Taches;
let interleaver: Interleaver;

beforeAll(async () => {
  tables = await freshTables();
  taches = (await import('../../lib/adapters/dynamodb/taches.ts')).dynamoTaches(await tables.table());
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
