import type { Tache, TacheState } from './tache.ts';

/** What there is to do: taches by state, and how long the oldest have waited. */
export interface Workload extends Readonly<Record<TacheState, number>> {
  /** Since the oldest statement came that is not matched yet; 0 where there is none. Seconds. */
  readonly oldestUnmatched: number;
  /** Since the oldest result was there that nobody has validated; 0 where there is none. Seconds. */
  readonly oldestUnvalidated: number;
}

/** @param now milliseconds since 1970 */
export function workloadOf(taches: readonly Pick<Tache, 'state' | 'createdAt' | 'updatedAt'>[], now: number): Workload {
  const counts = { CREATION: 0, ENCOURS: 0, ATTENTE: 0, VALIDEE: 0, TERMINEE: 0, ECHEC: 0 };
  let oldestUnmatched = 0;
  let oldestUnvalidated = 0;
  for (const { state, createdAt, updatedAt } of taches) {
    counts[state] += 1;
    if (state === 'CREATION' || state === 'ENCOURS') oldestUnmatched = Math.max(oldestUnmatched, secondsSince(createdAt, now));
    if (state === 'ATTENTE') oldestUnvalidated = Math.max(oldestUnvalidated, secondsSince(updatedAt, now));
  }
  return { ...counts, oldestUnmatched, oldestUnvalidated };
}

function secondsSince(instant: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(instant)) / 1_000));
}
