import { describe, expect, it } from 'vitest';
import type { ExportOrder } from '../../lib/ports.ts';
import { makeOrderedExport } from '../../lib/use-cases/make-export.ts';
import { MOST_AT_ONCE, requestExport } from '../../lib/use-cases/request-export.ts';
import { resultKey } from '../../lib/use-cases/result-lines.ts';
import { type MatchedWorld, matchedWorld } from '../exports/a-result.ts';
import { exportOrdersInMemory, exportsInMemory } from '../fakes/exports-in-memory.ts';
import { queueInMemory } from '../fakes/queue-in-memory.ts';
import { aTache } from './a-tache.ts';
import { reasonOf } from './failing.ts';

const everybody = { mayRead: async () => true };

async function given(matched: Promise<MatchedWorld> = matchedWorld()) {
  const world = await matched;
  return { ...world, exports: exportsInMemory(world.objects), orders: exportOrdersInMemory(), queue: queueInMemory<ExportOrder>() };
}

/** A tache that says of itself that it has many rows. */
async function large() {
  const world = await given();
  const { outcome, ...tache } = world.tache;
  if (outcome === undefined) throw new Error('no result');
  const counts = { ...outcome.counts, read: MOST_AT_ONCE + 1 };
  const taches = { ...world.taches, get: async () => ({ ...tache, outcome: { ...outcome, counts } }) };
  return { ...world, taches };
}

describe('an export', () => {
  it.each([
    ['xlsx', 'PK'],
    ['csv', '\ufeffCode'],
    ['pdf', '%PDF'],
  ] as const)('as %s of some rows is made at once, and found the next time', async (format, start) => {
    const world = await given();
    const first = await requestExport(world, 1, format, everybody);
    expect(first).toEqual({ kind: 'ready', url: expect.stringMatching(new RegExp(`/exports/1/[0-9a-f]{64}\\.${format}\\?`, 'u')), fileName: `rapprochement-1-OMCI.${format}` });
    expect(first.kind === 'ready' && new URL(first.url).searchParams.get('seconds')).toBe('900');
    const [key = ''] = world.exports.keys();
    expect(world.exports.bytes(key)?.toString('utf8').startsWith(start)).toBe(true);
    world.clock.pass(86_400_000);
    expect(await requestExport(world, 1, format, everybody)).toEqual(first);
    expect(world.exports.keys()).toEqual([key]);
    expect(world.objects.spooled()).toBe(0);
  });

  it('of a tache that was validated since is another one', async () => {
    const world = await given();
    await requestExport(world, 1, 'csv', everybody);
    await world.taches.beginValidation(1, { by: 'awa', at: world.now(), excluded: [] }, world.now());
    await requestExport(world, 1, 'csv', everybody);
    expect(world.exports.keys()).toHaveLength(2);
  });

  it('of many rows is ordered once, however often it is asked for, and found when it is made', async () => {
    const world = await large();
    for (let time = 0; time < 3; time += 1) {
      expect(await requestExport(world, 1, 'xlsx', everybody)).toEqual({ kind: 'in-the-making' });
      world.clock.pass(5_000);
    }
    const [order, ...others] = world.queue.drain();
    expect([order, others]).toEqual([{ tacheId: 1, format: 'xlsx' }, []]);
    if (order !== undefined) await makeOrderedExport(world, order);
    expect(await requestExport(world, 1, 'xlsx', everybody)).toMatchObject({ kind: 'ready' });
    expect(world.queue.sent()).toEqual([]);
  });

  it('of many rows that was ordered and never came is ordered again', async () => {
    const world = await large();
    await requestExport(world, 1, 'csv', everybody);
    world.clock.pass(15 * 60_000 + 1);
    await requestExport(world, 1, 'csv', everybody);
    expect(world.queue.sent()).toHaveLength(2);
  });

  it('to sign is made at once however many rows there are', async () => {
    expect(await requestExport(await large(), 1, 'pdf', everybody)).toMatchObject({ kind: 'ready' });
  });

  it('of many rows whose order broke off on its way is ordered again at once', async () => {
    const world = await large();
    const dying = { ...world, queue: { send: () => Promise.reject(new Error('the queue is away')) } };
    await expect(requestExport(dying, world.tache.id, 'csv', everybody)).rejects.toThrow('away');
    await requestExport(world, world.tache.id, 'csv', everybody);
    await requestExport(world, world.tache.id, 'csv', everybody);
    expect(world.queue.sent()).toHaveLength(1);
  });

  it('that is ordered twice is made once', async () => {
    const world = await large();
    await makeOrderedExport(world, { tacheId: 1, format: 'csv' });
    const [key = ''] = world.exports.keys();
    const made = world.exports.bytes(key);
    await makeOrderedExport(world, { tacheId: 1, format: 'csv' });
    expect(world.exports.bytes(key)).toBe(made);
  });

  it('of a tache that somebody may not see is not there', async () => {
    const world = await given();
    expect(await reasonOf(requestExport(world, 1, 'pdf', { mayRead: async () => false }))).toMatchObject({ code: 'not-found' });
    expect(await reasonOf(requestExport(world, 2, 'pdf', everybody))).toMatchObject({ code: 'not-found' });
    expect(world.exports.keys()).toEqual([]);
  });

  it.each([
    ['CREATION', "n'a pas commencé"],
    ['ENCOURS', 'en cours'],
    ['ECHEC', 'a échoué'],
  ] as const)('of a tache in %s is a conflict that says why', async (state, why) => {
    const world = await given();
    await world.taches.create(aTache({ id: 9, state }));
    expect(await reasonOf(requestExport(world, 9, 'xlsx', everybody))).toEqual({ code: 'conflict', detail: expect.stringContaining(why) });
  });

  it('whose lines are no longer kept is a conflict; what there is to sign remains', async () => {
    const world = await given();
    world.objects.remove({ key: resultKey(1, world.tache.outcome?.edition ?? '') });
    expect(await reasonOf(requestExport(world, 1, 'xlsx', everybody))).toEqual({ code: 'conflict', detail: expect.stringContaining('pdf') });
    expect(await requestExport(world, 1, 'pdf', everybody)).toMatchObject({ kind: 'ready' });
  });
});
