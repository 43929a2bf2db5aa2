import { describe, expect, it } from 'vitest';
import type { StatementObject } from '../../lib/core/tache.ts';
import { reportKey } from '../../lib/use-cases/drop-report.ts';
import { matchStatement } from '../../lib/use-cases/match-statement.ts';
import { dropKind, receiveDrop } from '../../lib/use-cases/receive-drop.ts';
import { submitStatement } from '../../lib/use-cases/submit-statement.ts';
import { orangeRow } from '../core/reading.ts';
import { atEveryStep } from '../fakes/every-step.ts';
import { aWorld, type World } from '../fakes/world.ts';
import { aSubmission } from './a-submission.ts';
import { reasonOf } from './failing.ts';

const KEY = 'depot/operateurs/OMCI/mars.json';
const STATEMENT = JSON.stringify([orangeRow()]);

const put = (world: World, key = KEY, content = STATEMENT) => world.objects.put(key, content, 'application/json');

/** Drops an object and takes it in. */
async function drop(world: World, key = KEY, content = STATEMENT): Promise<StatementObject> {
  const object = await put(world, key, content);
  await receiveDrop(world, object);
  return object;
}

async function matchAll(world: World): Promise<void> {
  for (const id of world.matching.drain()) await matchStatement(world, id);
}

const reportOf = (world: World, key: string): unknown => JSON.parse(world.objects.text(reportKey(key)) ?? 'null');

describe('what a key of the drop folder asks for', () => {
  const statement = (operatorCode: string, fileName: string) => ({ kind: 'statement', operatorCode, fileName });
  it.each([
    ['depot/operateurs/OMCI/mars.xlsx', statement('OMCI', 'mars.xlsx')],
    ['depot/operateurs/OMCI/relevé du 2 mars 🧾.xlsx', statement('OMCI', 'relevé du 2 mars 🧾.xlsx')],
    ['depot/operateurs/OMCI/100%+2.csv', statement('OMCI', '100%+2.csv')],
    ['depot/operateurs/OMCI/100%25.csv', statement('OMCI', '100%25.csv')],
    ['depot/operateurs/OMCI/..', statement('OMCI', '..')],
    [`depot/operateurs/OMCI/${'x'.repeat(1_002)}`, statement('OMCI', 'x'.repeat(1_002))],
    ['depot/cinetpay/mars.csv', { kind: 'ledger' }],
    ['depot/refus/operateurs/OMCI/mars.xlsx.rapport.json', { kind: 'nothing' }],
    ['depot/refus/x', { kind: 'nothing' }],
    ['depot/', { kind: 'nothing' }],
    ['depot/operateurs/', { kind: 'nothing' }],
    ['depot/operateurs/OMCI/', { kind: 'nothing' }],
    ['depot/mars.xlsx', { kind: 'unknown' }],
    ['depot/operateurs/mars.xlsx', { kind: 'unknown' }],
    ['depot/operateurs//mars.xlsx', { kind: 'unknown' }],
    ['depot/operateurs/OMCI/2026/mars.xlsx', { kind: 'unknown' }],
    ['depot/cinetpay/2026/mars.csv', { kind: 'unknown' }],
    ['depot/Operateurs/OMCI/mars.xlsx', { kind: 'unknown' }],
  ])('%s', (key, kind) => {
    expect(dropKind(key)).toEqual(kind);
  });
});

describe('where the report of a file stands', () => {
  it('is under depot/refus/, by its own key', () => {
    expect(reportKey(KEY)).toBe('depot/refus/operateurs/OMCI/mars.json.rapport.json');
  });

  it.each([
    ['ASCII', 'x'.repeat(1_002)],
    ['four-byte', '🧾'.repeat(250)],
  ])('is a key that S3 takes for a name of 1,000 bytes of %s characters, and another for each name', (_what, name) => {
    const [one, other] = [reportKey(`depot/operateurs/OMCI/${name}`), reportKey(`depot/operateurs/OMC1/${name}`)];
    expect(Buffer.byteLength(one)).toBeLessThanOrEqual(1_024);
    expect(one).toMatch(/^depot\/refus\/operateurs\/OMCI\/.+\.rapport\.json$/u);
    expect(one).not.toContain('\ufffd');
    expect(one).not.toBe(other);
    expect(reportKey(`depot/operateurs/OMCI/${name.slice(0, -2)}ab`)).not.toBe(one);
  });
});

describe('a dropped statement', () => {
  it('becomes a tache of the drop folder, and its matching is asked for', async () => {
    const world = aWorld();
    const source = await drop(world);
    expect(world.taches.all()).toMatchObject([{ id: 1, state: 'CREATION', owner: 'depot', fileName: 'mars.json', operatorCode: 'OMCI', bounds: {}, source }]);
    expect(world.matching.sent()).toEqual([1]);
    await matchAll(world);
    expect(world.taches.all()).toMatchObject([{ state: 'ATTENTE' }]);
  });

  it('told of twice is one tache', async () => {
    const world = aWorld();
    const object = await drop(world);
    await receiveDrop(world, object);
    await matchAll(world);
    await receiveDrop(world, object);
    expect(world.taches.all()).toMatchObject([{ id: 1, state: 'ATTENTE' }]);
    expect(world.matching.sent()).toEqual([]);
  });

  it('told of twice at once is one tache', async () => {
    const world = aWorld();
    const object = await put(world);
    await Promise.all([receiveDrop(world, object), receiveDrop(world, object)]);
    await matchAll(world);
    expect(world.taches.all()).toMatchObject([{ id: 1, state: 'ATTENTE' }]);
  });

  it('under a key that was used before is another arrival', async () => {
    const world = aWorld();
    await drop(world);
    await drop(world, KEY, JSON.stringify([orangeRow({ Référence: 'PP2' })]));
    expect(world.taches.all()).toMatchObject([{ id: 1 }, { id: 2 }]);
    expect(world.matching.sent()).toEqual([1, 2]);
  });

  it('of more than 1 GB ends in ECHEC with how to divide it, and is not read', async () => {
    const world = aWorld();
    const object = await put(world);
    world.objects.remove(object);
    for (let told = 0; told < 2; told++) await receiveDrop(world, { ...object, bytes: 1024 ** 3 + 1 });
    const description = expect.stringMatching(/^Le relevé dépasse .*Divisez-le par jour ou par période/u);
    expect(world.taches.all()).toMatchObject([{ id: 1, state: 'ECHEC', description, source: object }]);
    expect(reportOf(world, KEY)).toMatchObject({ fichier: KEY, tache: 1, raison: description });
    expect(world.matching.sent()).toEqual([]);
  });

  it('of 1 GB is taken', async () => {
    const world = aWorld();
    await receiveDrop(world, { ...(await put(world)), bytes: 1024 ** 3 });
    expect(world.matching.sent()).toEqual([1]);
  });

  it('of which the object is gone leaves nothing', async () => {
    const world = aWorld();
    const object = await put(world);
    world.objects.remove(object);
    await receiveDrop(world, object);
    expect([world.taches.all(), world.matching.sent()]).toEqual([[], []]);
  });

  it('of which the object went before its second delivery ends in ECHEC', async () => {
    const world = aWorld();
    const object = await put(world);
    const dying = { ...world, matching: { send: () => Promise.reject(new Error('the queue is away')) } };
    await expect(receiveDrop(dying, object)).rejects.toThrow('away');
    world.objects.remove(object);
    await receiveDrop(world, object);
    expect(world.taches.all()).toMatchObject([{ state: 'ECHEC', description: expect.stringContaining('déposez-le de nouveau') }]);
  });

  it('whose worker dies at any step comes to one tache when it is delivered again', async () => {
    const steps = await atEveryStep((through) => {
      const world = aWorld();
      const fragile = {
        ...world,
        operators: through(world.operators),
        taches: through(world.taches),
        claims: through(world.claims),
        objects: through(world.objects),
        matching: through(world.matching),
      };
      const object = put(world);
      return {
        work: async () => receiveDrop(fragile, await object),
        afterwards: async (step) => {
          await receiveDrop(world, await object);
          await matchAll(world);
          expect(
            world.taches.all().map(({ state }) => state),
            `step ${step}`,
          ).toEqual(['ATTENTE']);
        },
      };
    });
    expect(steps).toBeGreaterThan(15);
  });

  it('whose tache a service failed is taken up again by whatever tells of the object once more', async () => {
    const world = aWorld();
    const object = await drop(world);
    world.matching.drain();
    await world.taches.fail(1, 'panne', world.now(), true);
    await receiveDrop(world, object);
    await matchAll(world);
    expect(world.taches.all()).toMatchObject([{ id: 1, state: 'ATTENTE' }]);
  });

  it('whose file cannot be used stays in ECHEC however often it is told of', async () => {
    const world = aWorld();
    const object = await drop(world);
    world.matching.drain();
    await world.taches.fail(1, 'illisible', world.now());
    await receiveDrop(world, object);
    expect([world.matching.sent(), world.taches.all()]).toMatchObject([[], [{ id: 1, state: 'ECHEC' }]]);
  });

  it('leaves no file on the disk', async () => {
    const world = aWorld();
    await drop(world);
    await drop(world, 'depot/operateurs/OMCI/bis.json');
    expect(world.objects.spooled()).toBe(0);
  });
});

describe('a content that was there before', () => {
  it('gives a tache in ECHEC and a report that name the first, whatever the file is called', async () => {
    const world = aWorld();
    await drop(world);
    await drop(world, 'depot/operateurs/OMCI/mars bis.json');
    expect(world.taches.all()).toMatchObject([{ state: 'CREATION' }, { state: 'ECHEC', description: expect.stringContaining('tâche 1') }]);
    expect(reportOf(world, 'depot/operateurs/OMCI/mars bis.json')).toMatchObject({ existance: 'exist', person: 'depot', tache: 2 });
  });

  it('is recognised where it came by a call, and by a call where it was dropped', async () => {
    const world = aWorld();
    await submitStatement(world, aSubmission(), 'awa');
    await drop(world);
    expect(reportOf(world, KEY)).toMatchObject({ person: 'awa' });

    const other = aWorld();
    await drop(other);
    expect(await reasonOf(submitStatement(other, aSubmission({ fileName: 'x.json' }), 'awa'))).toEqual({ code: 'already-processed', owner: 'depot', tacheId: 1 });
    expect(await reasonOf(submitStatement(other, aSubmission({ rows: [orangeRow({ Référence: 'PP2' })] }), 'awa'))).toEqual({
      code: 'already-processed',
      owner: 'depot',
      tacheId: 1,
    });
  });

  it('of another operator is none', async () => {
    const world = aWorld();
    await drop(world);
    await drop(world, 'depot/operateurs/OMSN/mars.json');
    expect(world.taches.all()).toMatchObject([{ state: 'CREATION' }, { state: 'CREATION', operatorCode: 'OMSN' }]);
  });

  it('whose tache failed is none', async () => {
    const world = aWorld();
    await drop(world);
    await world.taches.fail(1, 'illisible', world.now());
    await drop(world);
    expect(world.taches.all()).toMatchObject([{ state: 'ECHEC' }, { id: 2, state: 'CREATION' }]);
  });

  it('whose tache a service failed takes its work up again', async () => {
    const world = aWorld();
    await drop(world);
    world.matching.drain();
    await world.taches.fail(1, 'panne', world.now(), true);
    await drop(world, 'depot/operateurs/OMCI/bis.json');
    await matchAll(world);
    expect(world.taches.all()).toMatchObject([
      { id: 1, state: 'ATTENTE' },
      { id: 2, state: 'ECHEC' },
    ]);
  });

  it('claimed by a call that may yet die is looked at again later: it is not refused for a tache that never comes', async () => {
    const world = aWorld();
    const dying = { ...world, taches: { ...world.taches, create: () => Promise.reject(new Error('the call dies')) } };
    await expect(submitStatement(dying, aSubmission(), 'awa')).rejects.toThrow('dies');
    const object = await put(world);
    await expect(receiveDrop(world, object)).rejects.toThrow('not there yet');
    world.clock.pass(61_000);
    await receiveDrop(world, object);
    await matchAll(world);
    expect(world.taches.all()).toMatchObject([{ state: 'ATTENTE', owner: 'depot' }]);
  });
});

describe('what is left alone', () => {
  it('an unknown place is reported once', async () => {
    const world = aWorld();
    const object = await drop(world, 'depot/mars.json');
    const report = reportOf(world, 'depot/mars.json');
    expect(report).toMatchObject({ fichier: 'depot/mars.json', raison: expect.stringContaining('Emplacement inconnu') });
    const { versionId } = await world.objects.put('probe', '', '');
    await receiveDrop(world, object);
    expect((await world.objects.put('probe', '', '')).versionId).toBe(`v${Number(versionId?.slice(1)) + 1}`);
    expect(world.taches.all()).toEqual([]);
  });

  it('an unknown operator is reported once, with those that there are', async () => {
    const world = aWorld();
    const key = 'depot/operateurs/OMXX/mars.json';
    await receiveDrop(world, await drop(world, key));
    expect(reportOf(world, key)).toMatchObject({ raison: expect.stringMatching(/Opérateur inconnu : OMXX\..*OMCI/u) });
    expect(world.taches.all()).toEqual([]);
  });

  it('our own reports and the marks of folders are not looked at', async () => {
    const world = aWorld();
    await drop(world, 'depot/refus/operateurs/OMXX/mars.json.rapport.json');
    await drop(world, 'depot/operateurs/OMXX/', '');
    expect(world.objects.keys()).toEqual(['depot/refus/operateurs/OMXX/mars.json.rapport.json', 'depot/operateurs/OMXX/']);
  });
});

describe('a dropped ledger file', () => {
  it('goes to the imports, in this version', async () => {
    const world = aWorld();
    const object = await drop(world, 'depot/cinetpay/mars.csv');
    expect(world.ledgerImports.sent()).toEqual([object]);
    expect(world.taches.all()).toEqual([]);
  });
});
