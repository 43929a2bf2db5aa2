import type { JournalEntry } from '../core/journal.ts';
import type { Journal, Taches } from '../ports.ts';
import { readTache } from './read-tache.ts';
import type { Viewer } from './visibility.ts';

export interface JournalPage {
  /** Oldest first. */
  readonly entries: readonly JournalEntry[];
  /** Number of the entry behind which the next page begins; absent on the last. */
  readonly next: number | undefined;
}

/** A page of what happened to a tache. @throws Failure 404 where the tache is not theirs to see */
export async function readJournal(
  deps: { readonly taches: Taches; readonly journal: Journal },
  id: number,
  limit: number,
  after: number,
  viewer: Pick<Viewer, 'mayRead'>,
): Promise<JournalPage> {
  await readTache(deps.taches, id, viewer);
  const entries = await deps.journal.entries(id, after, limit + 1);
  const page = entries.slice(0, limit);
  return { entries: page, next: entries.length > limit ? page.at(-1)?.number : undefined };
}
