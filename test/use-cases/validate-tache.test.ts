import { describe, expect, it } from 'vitest';
import { TACHE_STATES } from '../../lib/core/tache.ts';
import { applyValidation, type Validator, validateTache } from '../../lib/use-cases/validate-tache.ts';
import { failed } from '../core/ledger-rows.ts';
import { anOutcome } from '../fakes/an-outcome.ts';
import { atEveryStep } from '../fakes/every-step.ts';
import { queueInMemory } from '../fakes/queue-in-memory.ts';
import { aTransactionDetail, someDetails } from '../fakes/some-details.ts';
import { aWorld } from '../fakes/world.ts';
import { aTache } from './a-tache.ts';
import { reasonOf } from './failing.ts';

const CHEF: Validator = { username: 'chef', mayRead: async () => true, mayValidate: async () => true };
const TOTALS = { operatorAmount: 50_000, ledgerAmount: 20_000, amountDifference: 30_000, operatorCount: 10, ledgerCount: 4, countDifference: 6 };
const never = () => false;

/** A tache with so many correspondents of 5000 francs, ids from 1 on, and two rows that nothing explains. */
async function waiting(correspondents = 4) {
  const transactions = someDetails(correspondents, 0, 0).correspondents.map(({ transaction }) => failed(0, { transId: transaction.transId, createdAt: transaction.createdAt }));
  const world = { ...aWorld({ transactions }), validations: { sendLater: queueInMemory<number>().send } };
  const edition = await world.details.write(1, someDetails(correspondents, 2, 0));
  await world.taches.create(aTache({ state: 'ATTENTE', outcome: anOutcome({ correspondents, unexplained: 2 }, { edition, totals: TOTALS }) }));
  return { ...world, settlements: world.ledger };
}

const successes = ({ ledger }: Awaited<ReturnType<typeof waiting>>) => ledger.all().filter(({ status }) => status === 'SUCCES');

describe('a validation', () => {
  it('makes the transaction of every correspondent a success, and counts them into the figures', async () => {
    const world = await waiting();
    const { tache } = await validateTache(world, 1, { excluded: [] }, CHEF, never);
    expect(tache).toMatchObject({
      state: 'TERMINEE',
      validation: {
        by: 'chef',
        excluded: [],
        result: { reconciled: 4, notReconciled: 2, conflicts: 0, totals: { ...TOTALS, ledgerAmount: 40_000, amountDifference: 10_000, ledgerCount: 8, countDifference: 2 } },
      },
    });
    expect(successes(world).map(({ payid }) => payid)).toEqual(['PP0', 'PP1', 'PP2', 'PP3']);
  });

  it('leaves those that are excluded as they are, and counts them as not reconciled', async () => {
    const world = await waiting();
    const { tache } = await validateTache(world, 1, { excluded: [2, 4, 2] }, CHEF, never);
    expect(tache.validation).toMatchObject({ excluded: [2, 4], result: { reconciled: 2, notReconciled: 4, conflicts: 0 } });
    expect(successes(world).map(({ payid }) => payid)).toEqual(['PP0', 'PP2']);
  });

  it('leaves a transaction that became a success by another way alone, as a conflict', async () => {
    const world = await waiting();
    await world.ledger.importTransactions([failed(0, { transId: 'T1', createdAt: aTransactionDetail(1).createdAt, status: 'SUCCES', payid: 'CP-1' })]);
    const { tache } = await validateTache(world, 1, { excluded: [] }, CHEF, never);
    expect(tache.validation?.result).toMatchObject({ reconciled: 3, notReconciled: 3, conflicts: 1, totals: { ledgerCount: 7 } });
    expect(world.ledger.all().find(({ transId }) => transId === 'T1')).toMatchObject({ payid: 'CP-1' });
  });

  it.each([[[99]], [[5]], [[0]], [[1, 99]]])('of ids %j, which are no correspondents, changes nothing', async (ids) => {
    const world = await waiting();
    expect(await reasonOf(validateTache(world, 1, { excluded: ids }, CHEF, never))).toMatchObject({ code: 'invalid-request', errors: { ids: [expect.any(String)] } });
    expect([await world.taches.get(1), successes(world)]).toMatchObject([{ state: 'ATTENTE' }, []]);
  });

  it('is for tache in ATTENTE only', async () => {
    for (const state of TACHE_STATES.filter((one) => one !== 'ATTENTE')) {
      const world = await waiting();
      await world.taches.create(aTache({ id: 2, state, outcome: anOutcome() }));
      expect(await reasonOf(validateTache(world, 2, { excluded: [] }, CHEF, never)), state).toMatchObject({
        code: 'conflict',
        detail: expect.stringContaining('ne peut pas être validée'),
      });
    }
  });

  it('of somebody else’s tache is refused, of one that is hidden not even told', async () => {
    const world = await waiting();
    expect(await reasonOf(validateTache(world, 1, { excluded: [] }, { ...CHEF, mayValidate: async () => false }, never))).toMatchObject({ code: 'forbidden' });
    expect(await reasonOf(validateTache(world, 1, { excluded: [] }, { ...CHEF, mayRead: async () => false }, never))).toMatchObject({ code: 'not-found' });
  });

  it('by two at once is done by one: the other is told 409', async () => {
    const world = await waiting();
    const both = await Promise.all([reasonOf(validateTache(world, 1, { excluded: [] }, CHEF, never)), reasonOf(validateTache(world, 1, { excluded: [2] }, CHEF, never))]);
    expect(both.filter((reason) => reason === undefined)).toHaveLength(1);
    expect(both.find((reason) => reason !== undefined)).toMatchObject({ code: 'conflict' });
  });

  it('for which time runs out stays VALIDEE, and its message brings it to its end', async () => {
    const world = await waiting(1_200);
    let looks = 0;
    const { tache } = await validateTache(world, 1, { excluded: [7] }, CHEF, () => ++looks > 1);
    expect(tache).toMatchObject({ state: 'VALIDEE' });
    expect(successes(world)).toHaveLength(499);
    expect(await applyValidation(world, 1, never)).toMatchObject({ state: 'TERMINEE', validation: { result: { reconciled: 1_199, notReconciled: 3, conflicts: 0 } } });
  });

  it('whose message comes while it waits for an answer is the one that the message ends, not a conflict', async () => {
    const world = await waiting();
    const slow: typeof world.taches = {
      ...world.taches,
      async beginValidation(id, validation, at) {
        await applyValidation(world, id, never);
        return world.taches.beginValidation(id, validation, at);
      },
    };
    const { tache } = await validateTache({ ...world, taches: slow }, 1, { excluded: [2] }, CHEF, never);
    expect(tache).toMatchObject({ state: 'TERMINEE', validation: { by: 'chef', excluded: [2], result: { reconciled: 3 } } });
    expect(successes(world)).toHaveLength(3);
  });

  it('that dies at any step is brought to the same end by its message, or has not begun', async () => {
    const undisturbed = await waiting();
    const { tache: whole } = await validateTache(undisturbed, 1, { excluded: [2] }, CHEF, never);
    const steps = await atEveryStep((through) => {
      const begun = waiting();
      return {
        work: async () => {
          const world = await begun;
          const fragile = {
            ...world,
            taches: through(world.taches),
            details: through(world.details),
            settlements: through(world.settlements),
            validations: through(world.validations),
          };
          return validateTache(fragile, 1, { excluded: [2] }, CHEF, never);
        },
        afterwards: async (step) => {
          const world = await begun;
          await applyValidation(world, 1, never);
          if ((await world.taches.get(1))?.state === 'ATTENTE') await validateTache(world, 1, { excluded: [2] }, CHEF, never);
          expect({ step, tache: await world.taches.get(1), ledger: world.ledger.all() }).toEqual({ step, tache: whole, ledger: undisturbed.ledger.all() });
        },
      };
    });
    expect(steps).toBeGreaterThan(15);
  });

  it('delivered again after its end changes nothing', async () => {
    const world = await waiting();
    const { tache } = await validateTache(world, 1, { excluded: [] }, CHEF, never);
    world.clock.pass(60_000);
    expect(await applyValidation(world, 1, never)).toEqual(tache);
    expect(await world.taches.get(1)).toEqual(tache);
  });
});
