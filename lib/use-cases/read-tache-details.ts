import type { AnomalyDetail, CorrespondentDetail, Details, UnexplainedDetail } from '../core/detail.ts';
import { type DetailFilter, detailTest, EXCEPTION_CLASSES, type ExceptionClass, type Sides } from '../core/detail-filter.ts';
import { type FirstVisa, standingVisa } from '../core/four-eyes.ts';
import { type Treatment, treatmentsOf } from '../core/manual-work.ts';
import type { Tache, TacheCounts } from '../core/tache.ts';
import type { DetailsStore, Journal, Taches } from '../ports.ts';
import { readTache } from './read-tache.ts';
import type { Viewer } from './visibility.ts';

export interface TacheDetails {
  readonly tache: Tache;
  /** The rows of this page, list after list. */
  readonly details: Details;
  /** Number of the row at which the next page begins. */
  readonly next: number | undefined;
  /** What people have done with unexplained rows, by id. */
  readonly treatments: ReadonlyMap<number, Treatment>;
  /** What a first person has agreed to, where a second must. */
  readonly firstVisa: FirstVisa | undefined;
}

/** Rows of one stretch of the classes that are asked for, numbered through all lists, and the list that they lie in. */
interface Stretch {
  readonly list: 'correspondent' | 'unexplained' | 'anomaly';
  readonly first: number;
  readonly end: number;
  /** Number of the first row of the list. */
  readonly listFirst: number;
}

type Exception =
  | { readonly list: 'correspondent'; readonly detail: CorrespondentDetail }
  | { readonly list: 'unexplained'; readonly detail: UnexplainedDetail }
  | { readonly list: 'anomaly'; readonly detail: AnomalyDetail };

/** Where few rows fit, one answer looks through so many, about two seconds' work: the next goes on from there. */
export const MOST_EXAMINED = 10_000;
const STEP = 1_000;

const LIST_OF = {
  correspondents: 'correspondent',
  unexplained: 'unexplained',
  amountDiffers: 'anomaly',
  statementDuplicates: 'anomaly',
  ledgerDuplicates: 'anomaly',
  absent: 'anomaly',
} as const satisfies Record<ExceptionClass, Stretch['list']>;

/**
 * One page of the exceptions of a tache: correspondents, then unexplained rows, then anomalies, counted through.
 * With a filter a page may hold fewer rows than asked for, even none: `next` goes on.
 * @param from number of the page's first row
 * @throws Failure where there is no such tache, or the viewer may not see it
 */
export async function readTacheDetails(
  deps: { readonly taches: Taches; readonly details: DetailsStore; readonly journal: Journal },
  id: number,
  limit: number,
  from: number,
  viewer: Pick<Viewer, 'mayRead'>,
  filter: DetailFilter = {},
): Promise<TacheDetails> {
  const tache = await readTache(deps.taches, id, viewer);
  const page = await pageOf(deps.details, tache, limit, from, filter);
  // A tache of which people have not been asked anything has nothing of theirs in its journal.
  const entries = tache.outcome === undefined ? [] : await deps.journal.entries(id);
  return { tache, ...page, treatments: treatmentsOf(entries), firstVisa: standingVisa(entries) };
}

async function pageOf(details: DetailsStore, tache: Tache, limit: number, from: number, filter: DetailFilter): Promise<Pick<TacheDetails, 'details' | 'next'>> {
  const { outcome } = tache;
  if (outcome === undefined) return { details: listed([]), next: undefined };
  const fits = detailTest(filter, tache.currency);
  const found: Exception[] = [];
  let examined = 0;
  for (const stretch of stretchesOf(outcome.counts, filter.classes)) {
    for (let position = Math.max(from, stretch.first); position < stretch.end; ) {
      if (found.length === limit || examined >= MOST_EXAMINED) return { details: listed(found), next: position };
      const end = Math.min(stretch.end, position + (fits === undefined ? limit - found.length : STEP));
      const rows = await exceptions(details, tache.id, outcome.edition, stretch, position, end);
      examined += end - position;
      for (const exception of rows) {
        position += 1;
        if (fits === undefined || fits(sidesOf(exception))) found.push(exception);
        if (found.length === limit) break;
      }
    }
  }
  return { details: listed(found), next: undefined };
}

/** The stretches of the classes asked for; classes of one list that follow each other make one. */
function stretchesOf(counts: TacheCounts, classes: readonly ExceptionClass[] = EXCEPTION_CLASSES): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let first = 0;
  let listFirst = 0;
  let list: Stretch['list'] | undefined;
  for (const name of EXCEPTION_CLASSES) {
    if (LIST_OF[name] !== list) listFirst = first;
    list = LIST_OF[name];
    const end = first + counts[name];
    const last = stretches.at(-1);
    if (classes.includes(name)) {
      if (last?.list === list && last.end === first) stretches[stretches.length - 1] = { ...last, end };
      else stretches.push({ list, first, end, listFirst });
    }
    first = end;
  }
  return stretches;
}

async function exceptions(details: DetailsStore, id: number, edition: string, { list, listFirst }: Stretch, from: number, to: number): Promise<readonly Exception[]> {
  const [first, end] = [from - listFirst, to - listFirst];
  const rows = await readList(details, id, edition, list, first, end);
  if (rows.length !== end - first) throw new Error(`tache ${id} counts rows ${first} to ${end} of its list ${list}, of which ${rows.length} are there`);
  return rows;
}

async function readList(details: DetailsStore, id: number, edition: string, list: Stretch['list'], first: number, end: number): Promise<readonly Exception[]> {
  switch (list) {
    case 'correspondent':
      return (await details.read(id, edition, list, first, end)).map((detail) => ({ list, detail }));
    case 'unexplained':
      return (await details.read(id, edition, list, first, end)).map((detail) => ({ list, detail }));
    case 'anomaly':
      return (await details.read(id, edition, list, first, end)).map((detail) => ({ list, detail }));
    default:
      return list satisfies never;
  }
}

function sidesOf({ detail }: Exception): Sides {
  return detail;
}

function listed(exceptions: readonly Exception[]): Details {
  return {
    correspondents: exceptions.flatMap((one) => (one.list === 'correspondent' ? [one.detail] : [])),
    unexplained: exceptions.flatMap((one) => (one.list === 'unexplained' ? [one.detail] : [])),
    anomalies: exceptions.flatMap((one) => (one.list === 'anomaly' ? [one.detail] : [])),
  };
}
