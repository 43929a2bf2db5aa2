import type { Tache } from './tache.ts';

/** An attempt lasts 15 minutes at most, and when it died the next one begins after as long: whoever has shown nothing for both has nobody left who works on it. */
export const STALLED_AFTER_MS = 35 * 60_000;
/** As long as a queue keeps a message: of an older tache somebody has been told by an alarm. */
export const RESUMED_UNTIL_MS = 4 * 86_400_000;
/** After so many resumptions in vain a tache is given up, where it can be. */
export const MOST_RESUMPTIONS = 3;

/** What a tache waits for that somebody must do without being asked again. */
export type PendingWork = 'arrival' | 'matching' | 'validation';

/** @param dropped whether its statement came by the drop folder, where arrivals are announced by a message of their own */
export function pendingWork({ state }: Tache, dropped: boolean): PendingWork | undefined {
  if (state === 'VALIDEE') return 'validation';
  if (state === 'ENCOURS') return 'matching';
  return state === 'CREATION' ? (dropped ? 'arrival' : 'matching') : undefined;
}

/** Whether nothing has happened to a tache for longer than anything can last. @param now milliseconds since 1970 */
export function isStalled({ updatedAt }: Tache, now: number): boolean {
  return now - Date.parse(updatedAt) > STALLED_AFTER_MS;
}
