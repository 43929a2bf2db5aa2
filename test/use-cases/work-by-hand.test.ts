import { describe, expect, it } from 'vitest';
import { chainBreak } from '../../lib/core/journal.ts';
import type { LedgerTransaction } from '../../lib/core/ledger.ts';
import { journalHash } from '../../lib/use-cases/journal.ts';
import { makeOrderedExport } from '../../lib/use-cases/make-export.ts';
import { readTacheDetails } from '../../lib/use-cases/read-tache-details.ts';
import { validateTache } from '../../lib/use-cases/validate-tache.ts';
import { type ManualWork, workByHand } from '../../lib/use-cases/work-by-hand.ts';
import { failed, paid, transaction } from '../core/ledger-rows.ts';
import { matchedWorld } from '../exports/a-result.ts';
import { exportsInMemory } from '../fakes/exports-in-memory.ts';
import { reasonOf } from './failing.ts';

const everybody = { mayRead: async () => true };
const agent = { username: 'awa', mayRead: async () => true, mayValidate: async () => true };
const never = () => false;

/** Two rows that nothing explains, ids 2 and 3, beside a correspondent, id 1, of the transaction T1. */
const ROWS = [paid(0, { Référence: 'PP1' }), paid(60, { Référence: 'PP2', Correspondant: '0707000002' }), paid(90, { Référence: 'PP3', Correspondant: '0707000003' })];
const TRANSACTIONS: readonly LedgerTransaction[] = [
  failed(10, { transId: 'T1' }),
  failed(70, { transId: 'T2', phone: '0101010101' }),
  transaction({ transId: 'T3', payid: 'FAUTE', phone: '0101010102' }),
  failed(80, { transId: 'CHER', amount: '7000' }),
  failed(80, { transId: 'AUTRE', paymentMethod: 'MTN' }),
];

async function given() {
  const world = await matchedWorld(ROWS, TRANSACTIONS);
  const transactions = { find: async (transId: string) => world.ledger.all().find((one) => one.transId === transId) };
  const deps = { ...world, transactions, settlements: world.ledger, validations: { sendLater: async () => {} }, exports: exportsInMemory(world.objects) };
  const work = (rowId: number, wanted: ManualWork) => workByHand(deps, 1, rowId, wanted, agent);
  return { ...deps, work };
}

const link = (transId: string, reason = 'payé depuis un autre numéro'): ManualWork => ({ action: 'lien', transId, reason });

describe('work by hand on a row that nothing explains', () => {
  it('links it to a transaction, for all to see, and undoes it again; the journal has both', async () => {
    const world = await given();
    expect((await world.work(2, link('T2'))).treatment.link).toMatchObject({ transId: 'T2', by: 'awa', text: 'payé depuis un autre numéro' });
    const { treatments } = await readTacheDetails(world, 1, 100, 0, everybody);
    expect(treatments.get(2)?.link?.transId).toBe('T2');
    expect((await world.work(2, { action: 'lien-retire', reason: 'erreur' })).treatment.link).toBeUndefined();
    const entries = await world.journal.entries(1);
    expect(entries.map(({ action, by, reason }) => [action, by, reason]).slice(2)).toEqual([
      ['lien', 'awa', 'payé depuis un autre numéro'],
      ['lien-retire', 'awa', 'erreur'],
    ]);
    expect(chainBreak(1, entries, journalHash)).toBeUndefined();
  });

  it('sets it aside with a reason, takes it back, and comments on it', async () => {
    const { work } = await given();
    expect((await work(3, { action: 'mise-de-cote', reason: 'frais' })).treatment.setAside).toMatchObject({ text: 'frais' });
    await work(3, { action: 'commentaire', reason: 'vu avec Orange' });
    const { treatment } = await work(3, { action: 'mise-de-cote-retiree', reason: 'ce n’en étaient pas' });
    expect(treatment).toMatchObject({ setAside: undefined, comments: [{ by: 'awa', text: 'vu avec Orange' }] });
  });

  it('changes nothing of the result', async () => {
    const world = await given();
    const before = await world.taches.get(1);
    await world.work(2, link('T2'));
    await world.work(3, { action: 'mise-de-cote', reason: 'frais' });
    expect(await world.taches.get(1)).toEqual(before);
    expect(world.ledger.all()).toEqual(TRANSACTIONS);
  });

  it('asked for again changes nothing', async () => {
    const world = await given();
    for (let time = 0; time < 2; time += 1) {
      await world.work(2, link('T2'));
      await world.work(2, { action: 'commentaire', reason: 'note' });
      await world.work(3, { action: 'mise-de-cote', reason: 'frais' });
    }
    expect(await world.journal.entries(1)).toHaveLength(2 + 3);
  });

  it.each([
    ['INCONNUE', 'n’a pas'.replace('’', "'")],
    ['CHER', 'est de 7000'],
    ['AUTRE', 'autre moyen de paiement'],
  ])('refuses to link it to %s', async (transId, why) => {
    const { work } = await given();
    expect(await reasonOf(work(2, link(transId)))).toMatchObject({ code: 'invalid-request', errors: { cpm_trans_id: [expect.stringContaining(why)] } });
  });

  it('refuses what contradicts what was done before', async () => {
    const { work } = await given();
    await work(2, link('T2'));
    await work(3, { action: 'mise-de-cote', reason: 'frais' });
    const refused: readonly (readonly [number, ManualWork])[] = [
      [2, link('T3')],
      [2, { action: 'mise-de-cote', reason: 'x' }],
      [2, { action: 'mise-de-cote-retiree', reason: 'x' }],
      [3, link('T3')],
      [3, { action: 'mise-de-cote', reason: 'autre' }],
      [3, { action: 'lien-retire', reason: 'x' }],
    ];
    for (const [rowId, wanted] of refused) expect(await reasonOf(work(rowId, wanted)), JSON.stringify(wanted)).toMatchObject({ code: 'conflict' });
    await work(3, { action: 'mise-de-cote-retiree', reason: 'x' });
    expect(await reasonOf(work(3, link('T2')))).toEqual({ code: 'conflict', detail: 'La transaction T2 est déjà liée à la ligne 2.' });
  });

  it('of two who link two rows to one transaction at once lets one do it', async () => {
    const { work, journal } = await given();
    const outcomes = await Promise.allSettled([work(2, link('T2')), work(3, link('T2'))]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await journal.entries(1)).filter(({ action }) => action === 'lien')).toHaveLength(1);
  });

  it('is for whoever may validate, on rows that are there, while the tache waits', async () => {
    const world = await given();
    const note: ManualWork = { action: 'commentaire', reason: 'x' };
    expect(await reasonOf(workByHand(world, 1, 2, note, { ...agent, mayRead: async () => false }))).toMatchObject({ code: 'not-found' });
    expect(await reasonOf(workByHand(world, 1, 2, note, { ...agent, mayValidate: async () => false }))).toMatchObject({ code: 'forbidden' });
    for (const rowId of [1, 4, 999]) expect(await reasonOf(world.work(rowId, note))).toMatchObject({ code: 'not-found' });
    await validateTache(world, 1, { excluded: [] }, agent, never);
    expect(await reasonOf(world.work(2, note))).toMatchObject({ code: 'conflict' });
    expect((await world.journal.entries(1)).at(-1)?.action).toBe('fin-validation');
  });
});

describe('the validation of a tache that was worked on by hand', () => {
  it('makes successes of the transactions that rows are linked to, and counts them', async () => {
    const world = await given();
    await world.work(2, link('T2'));
    const { tache } = await validateTache(world, 1, { excluded: [] }, agent, never);
    expect(tache.validation?.result).toMatchObject({ reconciled: 2, notReconciled: 1, conflicts: 0, totals: { ledgerCount: 3, ledgerAmount: 15_000, amountDifference: 0 } });
    expect(world.ledger.all().find(({ transId }) => transId === 'T2')).toMatchObject({ status: 'SUCCES', payid: 'PP2' });
  });

  it('leaves those alone that are successes already, or were unlinked again', async () => {
    const world = await given();
    await world.work(2, link('T2'));
    await world.work(2, { action: 'lien-retire', reason: 'x' });
    await world.work(3, link('T3'));
    expect((await validateTache(world, 1, { excluded: [] }, agent, never)).tache.validation?.result).toMatchObject({ reconciled: 1, notReconciled: 2, conflicts: 0 });
    expect(world.ledger.all().find(({ transId }) => transId === 'T2')?.status).toBe('FAILED');
  });

  it('settles no transaction twice: one that a correspondent has is a conflict for the row that was linked to it', async () => {
    const world = await given();
    await world.work(2, link('T1'));
    expect((await validateTache(world, 1, { excluded: [] }, agent, never)).tache.validation?.result).toMatchObject({ reconciled: 1, conflicts: 1, totals: { ledgerCount: 2 } });
    const other = await given();
    await other.work(2, link('T1'));
    expect((await validateTache(other, 1, { excluded: [1] }, agent, never)).tache.validation?.result).toMatchObject({ reconciled: 1, conflicts: 0 });
  });
});

it('an export shows what was done with each row', async () => {
  const world = await given();
  await world.work(2, link('T2'));
  await makeOrderedExport(world, { tacheId: 1, format: 'csv' });
  const [key = ''] = world.exports.keys();
  expect(world.exports.bytes(key)?.toString()).toContain('Liée à T2 par awa : payé depuis un autre numéro');
});
