import type { DetailsStore } from '../ports.ts';
import { Failure } from './failure.ts';

/**
 * Details for somebody who acts on them: where some of a list are gone, for they are kept for a time only, none is given.
 * Rows that are asked for must lie within the counts of the tache.
 * @throws Failure 409 on reading
 */
export function completeDetails(details: DetailsStore): DetailsStore {
  return {
    ...details,
    async read(tacheId, edition, kind, from, to) {
      const found = await details.read(tacheId, edition, kind, from, to);
      if (found.length < to - from) {
        throw new Failure({
          code: 'conflict',
          detail: 'Des détails de cette tâche ont été effacés au terme de leur conservation : elle ne peut plus être validée. Ses figures et son passage restent lisibles.',
        });
      }
      return found;
    },
  };
}
