import { describe, expect, it } from 'vitest';
import type { ArrivedObject } from '../../lib/core/tache.ts';
import type { DroppedVersion } from '../../lib/ports.ts';
import { announceUnheard } from '../../lib/use-cases/announce-unheard.ts';
import { receiveDrop } from '../../lib/use-cases/receive-drop.ts';
import { heardInMemory } from '../fakes/heard-in-memory.ts';
import { aWorld as aWholeWorld } from '../fakes/world.ts';

const NOW = '2026-03-08T12:00:00Z';
const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const dropped = (minutes: number, key = 'depot/operateurs/OMCI/mars.csv', versionId = 'v1'): DroppedVersion => ({
  key,
  versionId,
  bytes: 12,
  arrivedAt: Date.parse(NOW) - minutes * MINUTE_MS,
});

/** A drop folder in pages, and what is told of it. */
function aWorld(pages: readonly (readonly DroppedVersion[])[], { waiting = 0, refused = 0 } = {}) {
  const announced: ArrivedObject[] = [];
  let refusals = refused;
  const deps = {
    dropFolder: {
      async *versions() {
        yield* pages;
      },
    },
    heard: heardInMemory(),
    arrivals: {
      announce: async (object: ArrivedObject) => {
        if (refusals > 0) {
          refusals -= 1;
          throw new Error('the queue refuses');
        }
        announced.push(object);
      },
      waiting: async () => waiting,
    },
    now: () => NOW,
  };
  return { deps, announced };
}

describe('an object of which S3 has told nobody', () => {
  it('is told of, with its version and size, once', async () => {
    const { deps, announced } = aWorld([[dropped(16)], [dropped(20, 'depot/cinetpay/mars.csv'), dropped(21, 'depot/cinetpay/mars.csv', 'v0')]]);
    expect(await announceUnheard(deps, NOW)).toBe(3);
    expect(announced).toMatchObject([
      { key: 'depot/operateurs/OMCI/mars.csv', versionId: 'v1', bytes: 12 },
      { key: 'depot/cinetpay/mars.csv', versionId: 'v1', bytes: 12 },
      { key: 'depot/cinetpay/mars.csv', versionId: 'v0', bytes: 12 },
    ]);
    expect(await announceUnheard(deps, NOW)).toBe(0);
    expect(announced).toHaveLength(3);
  });

  it('is told of at the next run where the queue refused it', async () => {
    const { deps, announced } = aWorld([[dropped(16)]], { refused: 1 });
    await expect(announceUnheard(deps, NOW)).rejects.toThrow('the queue refuses');
    expect(await announceUnheard(deps, NOW)).toBe(1);
    expect(announced).toHaveLength(1);
  });

  it.each([
    ['fifteen minutes ago: S3 may be about to tell', 15, 0],
    ['a little earlier', 15.02, 1],
    ['nearly four days ago', 4 * DAY_MINUTES - 1, 1],
    ['four days ago: whoever missed it has asked', 4 * DAY_MINUTES, 0],
  ])('that came %s', async (_when, minutes, count) => {
    const { deps } = aWorld([[dropped(minutes)]]);
    expect(await announceUnheard(deps, NOW)).toBe(count);
  });

  it.each(['depot/refus/operateurs/OMCI/mars.csv.rapport.json', 'depot/recus/cinetpay/mars.csv.rapport.json', 'depot/operateurs/'])('is not meant by %s', async (key) => {
    const { deps } = aWorld([[dropped(30, key)]]);
    expect(await announceUnheard(deps, NOW)).toBe(0);
  });

  it('may be among the messages that wait', async () => {
    const { deps } = aWorld([[dropped(30)]], { waiting: 1 });
    expect(await announceUnheard(deps, NOW)).toBe(0);
  });
});

describe('an object that was received', () => {
  it.each([
    ['statement', 'depot/operateurs/OMCI/mars.json'],
    ['statement of an operator that nobody knows', 'depot/operateurs/AUCUN/mars.json'],
    ['ledger', 'depot/cinetpay/mars.csv'],
    ['upload that nobody announced', 'depot/televersements/inconnu'],
    ['file at a place that means nothing', 'depot/ailleurs/mars.csv'],
  ])('as %s is not told of again', async (_what, key) => {
    const world = aWholeWorld();
    const object = await world.objects.put(key, '[]', 'application/json');
    await receiveDrop(world, object);
    const { deps } = aWorld([[{ ...dropped(30), ...object }]]);
    expect(await announceUnheard({ ...deps, heard: world.heard }, NOW)).toBe(0);
  });

  it('and failed is not told of again: its message comes again, or lies among the dead letters', async () => {
    const world = aWholeWorld();
    const object = await world.objects.put('depot/operateurs/OMCI/mars.json', '[]', 'application/json');
    const taches = {
      ...world.taches,
      create: async () => {
        throw new Error('the table refuses');
      },
    };
    await expect(receiveDrop({ ...world, taches }, object)).rejects.toThrow('the table refuses');
    const { deps } = aWorld([[{ ...dropped(30), ...object }]]);
    expect(await announceUnheard({ ...deps, heard: world.heard }, NOW)).toBe(0);
  });
});
