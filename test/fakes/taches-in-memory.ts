import { isDeepStrictEqual } from 'node:util';
import { BEGIN, COMPLETE, FAIL, FINISH, RESUME, type Tache, type Transition, VALIDATE } from '../../lib/core/tache.ts';
import type { TacheFilter, Taches } from '../../lib/ports.ts';

export interface TachesInMemory extends Taches {
  /** Oldest first. */
  all(): readonly Tache[];
}

/** Taches in a map. A change of state happens at once, as a conditional write does. */
export function tachesInMemory(): TachesInMemory {
  const taches = new Map<number, Tache>();
  const reserved = new Map<number, number>();
  let lastId = 0;
  let lastDetailId = 0;

  const move = (id: number, { from, to }: Transition, change: (tache: Tache) => Tache): Tache | undefined => {
    const tache = taches.get(id);
    if (tache === undefined || !from.includes(tache.state)) return undefined;
    const moved = { ...change(tache), state: to };
    taches.set(id, moved);
    return moved;
  };

  return {
    all: () => [...taches.values()].sort((one, other) => one.id - other.id),
    nextId: async () => ++lastId,
    async create(tache) {
      if (taches.has(tache.id)) return false;
      taches.set(tache.id, tache);
      return true;
    },
    get: async (id) => taches.get(id),
    async list(filter, limit, after, mayRead = async () => true) {
      const found: Tache[] = [];
      for (const tache of [...taches.values()].sort((one, other) => other.id - one.id)) {
        if ((after === undefined || tache.id < after) && fits(tache, filter) && (await mayRead(tache.owner))) found.push(tache);
      }
      const page = found.slice(0, limit);
      return found.length > limit ? { taches: page, next: page.at(-1)?.id } : { taches: page };
    },
    async begin(id, updatedAt) {
      const begun = move(id, BEGIN, (tache) => ({ ...tache, updatedAt }));
      if (begun !== undefined || taches.get(id)?.resumable !== true) return begun;
      return move(id, RESUME, ({ resumable: _, ...tache }) => ({ ...tache, updatedAt, description: '' }));
    },
    async reportProgress(id, progress, updatedAt) {
      move(id, { from: ['ENCOURS'], to: 'ENCOURS' }, (tache) => ({ ...tache, progress, updatedAt }));
    },
    async reserveDetailIds(id, count) {
      const known = reserved.get(id);
      if (known !== undefined) return known;
      const first = lastDetailId + 1;
      lastDetailId += Math.max(count, 1);
      reserved.set(id, first);
      return first;
    },
    complete: async (id, outcome, period, updatedAt, description) =>
      move(id, COMPLETE, ({ progress: _, ...tache }) => ({
        ...tache,
        outcome,
        updatedAt,
        ...(period !== undefined && { period }),
        ...(description !== undefined && { description }),
      })) !== undefined,
    fail: async (id, description, updatedAt, resumable) =>
      move(id, FAIL, ({ progress: _, ...tache }) => ({ ...tache, description, updatedAt, ...(resumable === true && { resumable }) })) !== undefined,
    async beginValidation(id, validation, updatedAt) {
      const begun = move(id, VALIDATE, (tache) => ({ ...tache, validation, updatedAt }));
      if (begun !== undefined) return begun;
      const { result: _, ...known } = taches.get(id)?.validation ?? {};
      return isDeepStrictEqual(known, validation) ? taches.get(id) : undefined;
    },
    finishValidation: async (id, validation, updatedAt) => move(id, FINISH, (tache) => ({ ...tache, validation, updatedAt })),
  };
}

function fits({ operatorCode, operatorId, state, fileName, period }: Tache, filter: TacheFilter): boolean {
  const wanted = [
    filter.operatorCode === undefined || filter.operatorCode === operatorCode,
    filter.operatorId === undefined || filter.operatorId === operatorId,
    filter.state === undefined || filter.state === state,
    filter.fileNamePart === undefined || fileName.toLowerCase().includes(filter.fileNamePart.toLowerCase()),
    filter.from === undefined || (period !== undefined && period.start >= filter.from),
    filter.to === undefined || (period !== undefined && period.end <= filter.to),
  ];
  return wanted.every(Boolean);
}
