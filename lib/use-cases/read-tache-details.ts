import type { Details } from '../core/detail.ts';
import type { Tache } from '../core/tache.ts';
import type { DetailsStore, Taches } from '../ports.ts';
import { readTache } from './read-tache.ts';
import type { Viewer } from './visibility.ts';

export interface TacheDetails {
  readonly tache: Tache;
  /** The rows of this page, list after list. */
  readonly details: Details;
  /** Number of the row at which the next page begins. */
  readonly next: number | undefined;
}

/**
 * One page of the exceptions of a tache: correspondents, then unexplained rows, then anomalies, counted through.
 * @param from number of the page's first row
 * @throws Failure where there is no such tache, or the viewer may not see it
 */
export async function readTacheDetails(
  deps: { readonly taches: Taches; readonly details: DetailsStore },
  id: number,
  limit: number,
  from: number,
  viewer: Pick<Viewer, 'mayRead'>,
): Promise<TacheDetails> {
  const tache = await readTache(deps.taches, id, viewer);
  const { outcome } = tache;
  if (outcome === undefined) return { tache, details: { correspondents: [], unexplained: [], anomalies: [] }, next: undefined };
  const { counts, edition } = outcome;
  const anomalyCount = counts.amountDiffers + counts.statementDuplicates + counts.ledgerDuplicates + counts.absent;
  const firstUnexplained = counts.correspondents;
  const firstAnomaly = firstUnexplained + counts.unexplained;
  const end = firstAnomaly + anomalyCount;
  const until = Math.min(end, from + limit);
  const part = (first: number, size: number) => [clamp(from - first, size), clamp(until - first, size)] as const;
  const [correspondents, unexplained, anomalies] = await Promise.all([
    deps.details.read(id, edition, 'correspondent', ...part(0, counts.correspondents)),
    deps.details.read(id, edition, 'unexplained', ...part(firstUnexplained, counts.unexplained)),
    deps.details.read(id, edition, 'anomaly', ...part(firstAnomaly, anomalyCount)),
  ]);
  return { tache, details: { correspondents, unexplained, anomalies }, next: until < end ? until : undefined };
}

function clamp(value: number, size: number): number {
  return Math.max(0, Math.min(size, value));
}
