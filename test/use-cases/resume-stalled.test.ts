import { describe, expect, it } from 'vitest';
import { MOST_RESUMPTIONS } from '../../lib/core/stalled.ts';
import type { StatementObject, Tache } from '../../lib/core/tache.ts';
import { resumeStalled } from '../../lib/use-cases/resume-stalled.ts';
import { journalInMemory } from '../fakes/journal-in-memory.ts';
import { tachesInMemory } from '../fakes/taches-in-memory.ts';
import { noticesInMemory } from '../fakes/world.ts';
import { aTache } from './a-tache.ts';

const NOW = '2026-03-08T12:00:00.000000Z';
const ago = (minutes: number) => new Date(Date.parse(NOW) - minutes * 60_000).toISOString().replace('Z', '000Z');
const DROPPED = { key: 'depot/operateurs/OMCI/relevé.csv', versionId: 'v1' };

interface Waiting {
  readonly arrivals?: number;
  readonly matching?: number;
  readonly validations?: number;
}

/** Some taches, and what their resumption sends. */
async function aWorld(taches: readonly Partial<Tache>[], waiting: Waiting = {}) {
  const store = tachesInMemory();
  for (const [index, changes] of taches.entries()) await store.create({ ...aTache({ id: index + 1 }), createdAt: ago(600), updatedAt: ago(60), ...changes });
  const sent: (string | StatementObject)[] = [];
  const counts = new Map<number, number>();
  const deps = {
    taches: store,
    journal: journalInMemory(),
    notices: noticesInMemory(),
    resumptions: {
      async count({ id }: Tache) {
        const times = (counts.get(id) ?? 0) + 1;
        counts.set(id, times);
        return times;
      },
    },
    arrivals: { announce: async (object: StatementObject) => void sent.push(object), waiting: async () => waiting.arrivals ?? 0 },
    matching: { send: async (id: number) => void sent.push(`match ${id}`), waiting: async () => waiting.matching ?? 0 },
    validations: { sendLater: async (id: number) => void sent.push(`validate ${id}`), waiting: async () => waiting.validations ?? 0 },
    now: () => NOW,
  };
  return { deps, store, sent };
}

describe('a tache on which nobody works any more', () => {
  it.each([
    ['CREATION', 'match 1'],
    ['ENCOURS', 'match 1'],
    ['VALIDEE', 'validate 1'],
  ] as const)('in %s has its message sent again', async (state, message) => {
    const { deps, sent } = await aWorld([{ state }]);
    expect(await resumeStalled(deps)).toEqual({ resumed: 1, givenUp: 0 });
    expect(sent).toEqual([message]);
  });

  it('in CREATION, of a dropped file, is taken in anew: its content may not have been claimed yet', async () => {
    const { deps, sent } = await aWorld([{ state: 'CREATION', source: DROPPED }]);
    await resumeStalled(deps);
    expect(sent).toEqual([DROPPED]);
  });

  it('of a dropped file is matched anew once its matching had begun', async () => {
    const { deps, sent } = await aWorld([{ state: 'ENCOURS', source: DROPPED }]);
    await resumeStalled(deps);
    expect(sent).toEqual(['match 1']);
  });

  it.each(['CREATION', 'ENCOURS'] as const)('in %s is given up after some resumptions in vain, with a reason, and may still be taken up again', async (state) => {
    const { deps, store, sent } = await aWorld([{ state }]);
    for (let time = 0; time < MOST_RESUMPTIONS; time += 1) await resumeStalled(deps);
    expect(sent).toHaveLength(MOST_RESUMPTIONS);
    expect(await resumeStalled(deps)).toEqual({ resumed: 0, givenUp: 1 });
    expect(sent).toHaveLength(MOST_RESUMPTIONS);
    expect(await store.get(1)).toMatchObject({ state: 'ECHEC', resumable: true, description: expect.stringContaining("l'exploitation peut relancer la tâche") });
  });

  it('in VALIDEE is never given up: part of it may be settled', async () => {
    const { deps, store, sent } = await aWorld([{ state: 'VALIDEE' }]);
    for (let time = 0; time < MOST_RESUMPTIONS + 2; time += 1) await resumeStalled(deps);
    expect(sent).toHaveLength(MOST_RESUMPTIONS + 2);
    expect((await store.get(1))?.state).toBe('VALIDEE');
  });
});

describe('nothing is sent', () => {
  it.each(['ATTENTE', 'TERMINEE', 'ECHEC'] as const)('for a tache in %s', async (state) => {
    const { deps, sent } = await aWorld([{ state }]);
    await resumeStalled(deps);
    expect(sent).toEqual([]);
  });

  it('while somebody may still be at work: two attempts last half an hour', async () => {
    const { deps, sent } = await aWorld([{ state: 'ENCOURS', updatedAt: ago(31) }]);
    await resumeStalled(deps);
    expect(sent).toEqual([]);
  });

  it('while messages wait in its queue: what waits is not stalled', async () => {
    const { deps, sent } = await aWorld([{ state: 'ENCOURS' }, { state: 'CREATION', source: DROPPED }, { state: 'VALIDEE' }], { matching: 3 });
    await resumeStalled(deps);
    expect(sent).toEqual(['validate 3', DROPPED]);
  });

  it('for a tache to which something happened since it was read', async () => {
    const { deps, sent } = await aWorld([{ state: 'ENCOURS' }]);
    await resumeStalled({ ...deps, resumptions: { count: async () => undefined } });
    expect(sent).toEqual([]);
  });

  it('for what is older than a queue keeps a message, where much has to be looked through', async () => {
    const old = Array.from({ length: 600 }, () => ({ state: 'TERMINEE', createdAt: ago(5 * 24 * 60) }) as const);
    const { deps, sent } = await aWorld([{ state: 'ENCOURS', createdAt: ago(9 * 24 * 60) }, ...old]);
    await resumeStalled(deps);
    expect(sent).toEqual([]);
  });
});
