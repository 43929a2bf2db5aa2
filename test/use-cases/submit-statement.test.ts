import { describe, expect, it } from 'vitest';
import { matchStatement } from '../../lib/use-cases/match-statement.ts';
import { type Submission, submitStatement } from '../../lib/use-cases/submit-statement.ts';
import { orangeRow } from '../core/reading.ts';
import { atEveryStep } from '../fakes/every-step.ts';
import { aWorld, type World } from '../fakes/world.ts';
import { aSubmission } from './a-submission.ts';
import { reasonOf } from './failing.ts';

const { Crédit: _, ...WITHOUT_CREDIT } = orangeRow({ 'Compte OM': '0799999999' });
const FOREIGN = orangeRow({ 'Compte OM': '0799999999', Crédit: 'cinq mille' });
const BAD = orangeRow({ Crédit: 'cinq mille' });

const submit = (world: World, changes: Parameters<typeof aSubmission>[0] = {}, owner = 'awa') => submitStatement(world, aSubmission(changes), owner);
const refusal = (world: World, changes: Parameters<typeof aSubmission>[0] = {}, owner = 'awa') => reasonOf(submit(world, changes, owner));

/** What becomes of everything that waits to be matched. */
async function matchAll(world: World): Promise<void> {
  for (const id of world.matching.drain()) await matchStatement(world, id);
}

describe('a sound statement', () => {
  it('becomes a tache in CREATION whose bytes are kept as they came and whose matching is asked for', async () => {
    const world = aWorld();
    const tache = await submit(world, { bounds: { start: '2026-03-07T00:00', end: '2026-03-07T23:59' } });
    expect(tache).toMatchObject({ id: 1, state: 'CREATION', owner: 'awa', fileName: 'mars.json', operatorCode: 'OMCI', operatorId: 2, currency: 'XOF' });
    expect(tache.period).toEqual({ start: '2026-03-07T00:00:00Z', end: '2026-03-07T23:59:00Z' });
    expect(world.taches.all()).toEqual([tache]);
    expect(world.objects.text(tache.source.key)).toBe(JSON.stringify([orangeRow()]));
    expect(world.matching.sent()).toEqual([1]);
  });

  it('without bounds shows the period of its rows, a minute wider', async () => {
    expect((await submit(aWorld())).period).toEqual({ start: '2026-03-07T09:27:53Z', end: '2026-03-07T09:29:53Z' });
  });

  it('of several formats is one tache each: the bytes differ', async () => {
    const world = aWorld();
    await submit(world);
    const csv = Buffer.from(`${Object.keys(orangeRow()).join(';')}\n${Object.values(orangeRow()).join(';')}\n`);
    expect(await submit(world, { content: csv, fileName: 'mars.csv' })).toMatchObject({ id: 2 });
  });
});

describe('a statement with several faults is refused for the first of: operator, repeat, headers, account, rows', () => {
  it('one after the other, as each is mended', async () => {
    const world = aWorld();
    await submit(world, { rows: [orangeRow({ Référence: 'PP9' })] });
    const rows = [WITHOUT_CREDIT];
    expect(await refusal(world, { rows, operatorCode: 'OMXX' })).toEqual({ code: 'unknown-operator' });
    expect(await refusal(world, { rows })).toEqual({ code: 'already-processed', owner: 'awa', tacheId: 1 });
    expect(await refusal(world, { rows, fileName: 'autre.json' })).toEqual({ code: 'statement-refused', refusal: { kind: 'headers', missing: ['Crédit'] } });
    expect(await refusal(world, { rows: [FOREIGN], fileName: 'autre.json' })).toEqual({ code: 'statement-refused', refusal: { kind: 'account' } });
    expect(await refusal(world, { rows: [orangeRow(), BAD], fileName: 'autre.json' })).toMatchObject({ refusal: { kind: 'bad-rows', rows: [{ number: 1 }] } });
    expect(await refusal(world, { rows: [orangeRow()], fileName: 'autre.json' })).toBeUndefined();
  });

  it('and leaves nothing behind: mended, it is taken under the same name', async () => {
    const world = aWorld();
    for (const rows of [[], [WITHOUT_CREDIT], [FOREIGN], [BAD]]) await refusal(world, { rows });
    expect([world.taches.all(), world.objects.keys(), world.matching.sent()]).toEqual([[], [], []]);
    expect(await submit(world)).toMatchObject({ id: 1 });
  });

  it.each([[[]], [{ Feuil1: [] }]])('%j holds no row', async (content) => {
    expect(await refusal(aWorld(), { content: Buffer.from(JSON.stringify(content)) })).toEqual({ code: 'statement-refused', refusal: { kind: 'bad-rows', rows: [] } });
  });

  it('nor does an empty file', async () => {
    expect(await refusal(aWorld(), { content: Buffer.alloc(0) })).toEqual({ code: 'statement-refused', refusal: { kind: 'bad-rows', rows: [] } });
  });

  it('a file that cannot be read says why in French', async () => {
    expect(await refusal(aWorld(), { content: Buffer.from('%PDF-1.7\n%âãÏÓ\u0000\u0001') })).toMatchObject({
      code: 'file-unreadable',
      detail: expect.stringContaining('classeur'),
    });
  });

  it('an operator that is closed is as good as unknown', async () => {
    const [omci] = (await aWorld().operators.list()).filter(({ code }) => code === 'OMCI');
    expect(omci).toBeDefined();
    const world = aWorld({ operators: omci === undefined ? [] : [{ ...omci, closed: true }] });
    expect(await refusal(world)).toEqual({ code: 'unknown-operator' });
  });
});

describe('a repeat', () => {
  it('is known by its bytes whatever its name, and by its name whatever its bytes', async () => {
    const world = aWorld();
    await submit(world);
    const repeated = { code: 'already-processed', owner: 'awa', tacheId: 1 };
    expect(await refusal(world, { fileName: 'avril.json' }, 'koffi')).toEqual(repeated);
    expect(await refusal(world, { rows: [orangeRow({ Référence: 'PP2' })] }, 'koffi')).toEqual(repeated);
    expect(world.taches.all()).toHaveLength(1);
  });

  it('of another operator is none', async () => {
    const world = aWorld();
    await submit(world);
    const row = orangeRow({ 'Compte OM': '0789248344' });
    expect(await submit(world, { operatorCode: 'DDVAOMCI', rows: [row] })).toMatchObject({ id: 2 });
  });

  it('at the same instant as the first gives one tache: the other is told who was first', async () => {
    const world = aWorld();
    const [one, other] = await Promise.all([reasonOf(submit(world, {}, 'awa')), reasonOf(submit(world, {}, 'koffi'))]);
    expect([one, other].filter((reason) => reason === undefined)).toHaveLength(1);
    expect([one, other].find((reason) => reason !== undefined)).toMatchObject({ code: 'already-processed' });
    await matchAll(world);
    expect(world.taches.all().map(({ state }) => state)).toEqual(['ATTENTE']);
  });

  it('of a tache that failed is none: its name and its bytes are free', async () => {
    const world = aWorld();
    const { id } = await submit(world);
    await world.taches.fail(id, 'illisible', world.now());
    expect(await submit(world, {}, 'koffi')).toMatchObject({ id: 2, owner: 'koffi' });
  });

  it('of a tache that a service failed takes its work up again, so that it is not matched twice', async () => {
    const world = aWorld();
    const { id } = await submit(world);
    world.matching.drain();
    await world.taches.fail(id, 'panne', world.now(), true);
    expect(await refusal(world, { fileName: 'bis.json' }, 'koffi')).toEqual({ code: 'already-processed', owner: 'awa', tacheId: id });
    await matchAll(world);
    expect(world.taches.all()).toMatchObject([{ id, state: 'ATTENTE', description: '' }]);
  });

  it('in name only of a tache that a service failed is taken: the bytes are others', async () => {
    const world = aWorld();
    const { id } = await submit(world);
    await world.taches.fail(id, 'panne', world.now(), true);
    expect(await submit(world, { rows: [orangeRow({ Référence: 'PP2' })] })).toMatchObject({ id: 2 });
  });

  it('while the first waits in CREATION sends its message again: the first may have been lost', async () => {
    const world = aWorld();
    const { id } = await submit(world);
    world.matching.drain();
    await refusal(world);
    expect(world.matching.sent()).toEqual([id]);
  });

  it('while the first is worked on sends nothing', async () => {
    const world = aWorld();
    const { id } = await submit(world);
    world.matching.drain();
    await world.taches.begin(id, world.now());
    await refusal(world);
    expect(world.matching.sent()).toEqual([]);
  });
});

describe('a call that dies', () => {
  /** Submits through stores that die at a step; the same statement comes again later, and everything that waits is matched. */
  const dying = (waitMs: number, secondOwner: string, again: Partial<Submission> = {}) =>
    atEveryStep((through) => {
      const world = aWorld();
      const fragile = {
        ...world,
        operators: through(world.operators),
        taches: through(world.taches),
        claims: through(world.claims),
        objects: through(world.objects),
        matching: through(world.matching),
      };
      return {
        work: () => submitStatement(fragile, aSubmission(), 'awa'),
        afterwards: async (step) => {
          world.clock.pass(waitMs);
          const reason = await reasonOf(submit(world, again, secondOwner));
          expect([undefined, 'already-processed'], `step ${step}`).toContain(reason?.code);
          await matchAll(world);
          expect(
            world.taches.all().map(({ state }) => state),
            `step ${step}`,
          ).toEqual(['ATTENTE']);
        },
      };
    });

  it.each([0, 500, 3_000])('anywhere, and is made again %i ms later by the same caller, comes to one tache', async (milliseconds) => {
    expect(await dying(milliseconds, 'awa')).toBeGreaterThan(20);
  });

  it('anywhere, and is made again a minute later by somebody else, comes to one tache', async () => {
    await dying(61_000, 'koffi');
  });

  it('anywhere, and is made again under another name, comes to one tache', async () => {
    await dying(3_000, 'awa', { fileName: 'mars bis.json' });
  });

  it('before its tache is there holds its name against others for a minute and no longer', async () => {
    const world = aWorld();
    const content = aSubmission().content;
    await world.claims.take({ kind: 'name', operatorCode: 'OMCI', value: 'mars.json' }, { tacheId: 99, owner: 'awa', at: world.now() }, undefined);
    world.clock.pass(30_000);
    expect(await refusal(world, { content }, 'koffi')).toEqual({ code: 'already-processed', owner: 'awa', tacheId: 99 });
    world.clock.pass(30_000);
    expect(await refusal(world, { content }, 'koffi')).toBeUndefined();
  });
});
