import { describe, expect, it } from 'vitest';
import { TACHE_STATES, type Tache, type TacheState } from '../../../lib/core/tache.ts';
import type { Taches } from '../../../lib/ports.ts';
import { aTache } from '../../use-cases/a-tache.ts';
import { anOutcome } from '../an-outcome.ts';

const LATER = '2026-03-08T07:00:00.000000Z';
const PERIOD = { start: '2026-03-07T00:00:00Z', end: '2026-03-07T23:59:00Z' };
const VALIDATION = { by: 'chef', at: LATER, excluded: [3, 1] };
const PROGRESS = { step: 'lecture', rows: 7, percent: 25 } as const;

/** What every store of taches does. @param make gives an empty one */
export function tachesContract(make: () => Promise<Taches>): void {
  const withTache = async (changes: Partial<Tache> = {}) => {
    const taches = await make();
    await taches.create(aTache(changes));
    return taches;
  };
  /** The change from each state: whether it happened. */
  const fromEachState = async (change: (taches: Taches) => Promise<unknown>): Promise<readonly TacheState[]> => {
    const happened: TacheState[] = [];
    for (const state of TACHE_STATES) {
      const before = aTache({ state });
      const taches = await withTache(before);
      const result = await change(taches);
      if (result === undefined || result === false) expect(await taches.get(1), state).toEqual(before);
      else happened.push(state);
    }
    return happened;
  };

  it('gives ids that go up and never come twice', async () => {
    const taches = await make();
    const ids = await Promise.all(Array.from({ length: 20 }, () => taches.nextId()));
    expect(ids.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('gives a tache back as it was made', async () => {
    const full = aTache({ fileName: '🧾'.repeat(255), period: PERIOD, bounds: { start: '2026-03-07T00:00' }, source: { key: 'depot/a', versionId: 'v1' } });
    const taches = await withTache(full);
    expect(await taches.get(1)).toEqual(full);
    expect(await taches.get(2)).toBeUndefined();
  });

  it('makes no tache in place of another', async () => {
    const taches = await withTache();
    expect(await taches.create(aTache({ owner: 'koffi' }))).toBe(false);
    expect(await taches.get(1)).toMatchObject({ owner: 'awa' });
  });

  describe('a change of state', () => {
    it('begins from CREATION and ENCOURS only', async () => {
      expect(await fromEachState((taches) => taches.begin(1, LATER))).toEqual(['CREATION', 'ENCOURS']);
    });

    it('begins from an ECHEC that may be resumed, once, and forgets why it failed', async () => {
      const taches = await withTache({ state: 'ENCOURS', progress: PROGRESS });
      expect(await taches.fail(1, 'panne', LATER, true)).toBe(true);
      expect(await taches.get(1)).toEqual(aTache({ state: 'ECHEC', description: 'panne', resumable: true, updatedAt: LATER }));
      expect(await taches.begin(1, LATER)).toEqual(aTache({ state: 'ENCOURS', updatedAt: LATER }));
    });

    it('completes from ENCOURS only, and of two at once one', async () => {
      expect(await fromEachState((taches) => taches.complete(1, anOutcome(), PERIOD, LATER))).toEqual(['ENCOURS']);
      const taches = await withTache({ state: 'ENCOURS' });
      const both = await Promise.all([taches.complete(1, anOutcome(), PERIOD, LATER), taches.complete(1, anOutcome({ read: 9 }), PERIOD, LATER)]);
      expect(both.toSorted()).toEqual([false, true]);
    });

    it('completes with outcome, period and what is to be known, and without progress', async () => {
      const taches = await withTache({ state: 'ENCOURS', progress: PROGRESS });
      await taches.complete(1, anOutcome({ read: 7 }, { edition: 'abc' }), PERIOD, LATER, '1 ligne écartée');
      expect(await taches.get(1)).toEqual(
        aTache({ state: 'ATTENTE', outcome: anOutcome({ read: 7 }, { edition: 'abc' }), period: PERIOD, description: '1 ligne écartée', updatedAt: LATER }),
      );
    });

    it('completes without a period where there is none, and keeps the one there was', async () => {
      const taches = await withTache({ state: 'ENCOURS', period: PERIOD });
      await taches.complete(1, anOutcome(), undefined, LATER);
      expect(await taches.get(1)).toMatchObject({ state: 'ATTENTE', period: PERIOD, description: '' });
    });

    it('fails from CREATION and ENCOURS only, and then is not resumed unless it was said', async () => {
      expect(await fromEachState((taches) => taches.fail(1, 'illisible', LATER))).toEqual(['CREATION', 'ENCOURS']);
      const taches = await withTache();
      await taches.fail(1, 'illisible', LATER);
      expect(await taches.begin(1, LATER)).toBeUndefined();
    });

    it('is validated from ATTENTE only, and of two at once by one', async () => {
      expect(await fromEachState((taches) => taches.beginValidation(1, VALIDATION, LATER))).toEqual(['ATTENTE']);
      const taches = await withTache({ state: 'ATTENTE' });
      const both = await Promise.all([taches.beginValidation(1, VALIDATION, LATER), taches.beginValidation(1, { ...VALIDATION, by: 'autre' }, LATER)]);
      expect(both.filter((one) => one !== undefined)).toHaveLength(1);
    });

    it('begun before is that very validation where it is the same in all, also once it has ended', async () => {
      const taches = await withTache({ state: 'ATTENTE' });
      await taches.beginValidation(1, VALIDATION, LATER);
      expect(await taches.beginValidation(1, VALIDATION, LATER)).toMatchObject({ state: 'VALIDEE', validation: VALIDATION });
      const result = { totals: anOutcome().totals, reconciled: 3, notReconciled: 2, conflicts: 1, finishedAt: LATER };
      await taches.finishValidation(1, { ...VALIDATION, result }, LATER);
      expect(await taches.beginValidation(1, VALIDATION, LATER)).toMatchObject({ state: 'TERMINEE', validation: { ...VALIDATION, result } });
      for (const other of [
        { ...VALIDATION, by: 'autre' },
        { ...VALIDATION, at: '2026-03-08T07:00:01.000000Z' },
        { ...VALIDATION, excluded: [] },
        { ...VALIDATION, reason: 'autre' },
      ])
        expect(await taches.beginValidation(1, other, LATER)).toBeUndefined();
    });

    it('ends from VALIDEE only, with what came of it', async () => {
      const result = { totals: anOutcome().totals, reconciled: 3, notReconciled: 2, conflicts: 1, finishedAt: LATER };
      expect(await fromEachState((taches) => taches.finishValidation(1, { ...VALIDATION, result }, LATER))).toEqual(['VALIDEE']);
      const taches = await withTache({ state: 'ATTENTE' });
      await taches.beginValidation(1, VALIDATION, LATER);
      expect(await taches.finishValidation(1, { ...VALIDATION, result }, LATER)).toEqual(aTache({ state: 'TERMINEE', validation: { ...VALIDATION, result }, updatedAt: LATER }));
    });

    it('of a tache that is not there does not happen', async () => {
      const taches = await make();
      expect(await taches.begin(9, LATER)).toBeUndefined();
      expect(await taches.complete(9, anOutcome(), PERIOD, LATER)).toBe(false);
      expect(await taches.fail(9, 'x', LATER)).toBe(false);
      expect(await taches.beginValidation(9, VALIDATION, LATER)).toBeUndefined();
      await taches.reportProgress(9, PROGRESS, LATER);
      expect(await taches.get(9)).toBeUndefined();
    });
  });

  it('notes progress in ENCOURS, and nowhere else', async () => {
    for (const state of TACHE_STATES) {
      const taches = await withTache({ state });
      await taches.reportProgress(1, PROGRESS, LATER);
      expect(await taches.get(1), state).toEqual(aTache(state === 'ENCOURS' ? { state, progress: PROGRESS, updatedAt: LATER } : { state }));
    }
  });

  describe('detail ids', () => {
    it('are reserved once for a tache, and no two taches share any', async () => {
      const taches = await withTache();
      await taches.create(aTache({ id: 2 }));
      const first = await taches.reserveDetailIds(1, 10);
      const second = await taches.reserveDetailIds(2, 5);
      expect(await taches.reserveDetailIds(1, 10)).toBe(first);
      expect(second).toBeGreaterThanOrEqual(first + 10);
    });

    it('asked for by two workers at once are the same', async () => {
      const taches = await withTache();
      const [one, other] = await Promise.all([taches.reserveDetailIds(1, 10), taches.reserveDetailIds(1, 10)]);
      expect(one).toBe(other);
    });

    it('are positive, even for none', async () => {
      const taches = await withTache();
      expect(await taches.reserveDetailIds(1, 0)).toBeGreaterThan(0);
    });

    it('leave the tache as it is', async () => {
      const taches = await withTache();
      await taches.reserveDetailIds(1, 10);
      expect(await taches.get(1)).toEqual(aTache());
    });
  });

  describe('the list', () => {
    /** Taches 1 to 130: every tenth is of another operator, every twenty-fifth of koffi. */
    const many = async () => {
      const taches = await make();
      await Promise.all(
        Array.from({ length: 130 }, (_, index) => index + 1).map((id) =>
          taches.create(
            aTache({ id, operatorCode: id % 10 === 0 ? 'OMSN' : 'OMCI', operatorId: id % 10 === 0 ? 4 : 2, owner: id % 25 === 0 ? 'koffi' : 'awa', fileName: `Relevé ${id}.csv` }),
          ),
        ),
      );
      return taches;
    };
    const pages = async (taches: Taches, limit: number, ...filter: [Parameters<Taches['list']>[0], Parameters<Taches['list']>[3]?]) => {
      const ids: number[][] = [];
      let after: number | undefined;
      do {
        const page = await taches.list(filter[0], limit, after, filter[1]);
        ids.push(page.taches.map(({ id }) => id));
        after = page.next;
      } while (after !== undefined);
      return ids;
    };

    it('is newest first, over pages of any size, every tache once', async () => {
      const taches = await many();
      const newest = Array.from({ length: 130 }, (_, index) => 130 - index);
      for (const limit of [1_000, 130, 129, 100, 9]) {
        const found = await pages(taches, limit, {});
        expect(found.flat(), `limit ${limit}`).toEqual(newest);
        expect(found, `limit ${limit}`).toHaveLength(Math.ceil(130 / limit));
      }
    });

    it('holds full pages where a filter leaves few, and nothing twice', async () => {
      const taches = await many();
      const tens = Array.from({ length: 13 }, (_, index) => 130 - 10 * index);
      expect(await pages(taches, 10, { operatorCode: 'OMSN' })).toEqual([tens.slice(0, 10), tens.slice(10)]);
      expect(await pages(taches, 2, {}, async (owner) => owner === 'koffi')).toEqual([[125, 100], [75, 50], [25]]);
      expect(await pages(taches, 10, { operatorCode: 'OMXX' })).toEqual([[]]);
    });

    it('goes on where its last page ended, whatever came on top since', async () => {
      const taches = await many();
      const { next } = await taches.list({}, 3, undefined);
      await taches.create(aTache({ id: 131 }));
      expect((await taches.list({}, 3, next)).taches.map(({ id }) => id)).toEqual([127, 126, 125]);
    });

    it('fits every filter that is given', async () => {
      const taches = await make();
      await taches.create(aTache({ id: 1, state: 'ATTENTE', fileName: 'Relevé MARS.xlsx', period: PERIOD }));
      await taches.create(aTache({ id: 2, operatorCode: 'OMSN', operatorId: 4 }));
      const found = async (filter: Parameters<Taches['list']>[0]) => (await taches.list(filter, 10, undefined)).taches.map(({ id }) => id);
      expect(await found({})).toEqual([2, 1]);
      expect(await found({ operatorCode: 'OMSN' })).toEqual([2]);
      expect(await found({ operatorId: 2 })).toEqual([1]);
      expect(await found({ state: 'ATTENTE' })).toEqual([1]);
      expect(await found({ fileNamePart: 'mars' })).toEqual([2, 1]);
      expect(await found({ fileNamePart: 'É mars.X' })).toEqual([1]);
      expect(await found({ from: PERIOD.start, to: PERIOD.end })).toEqual([1]);
      expect(await found({ from: '2026-03-07T00:00:01Z' })).toEqual([]);
      expect(await found({ to: '2026-03-07T23:58:59Z' })).toEqual([]);
      expect(await found({ state: 'ATTENTE', operatorId: 4 })).toEqual([]);
    });
  });
}
