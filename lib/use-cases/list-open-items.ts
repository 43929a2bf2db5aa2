import { type DetailFilter, detailTest } from '../core/detail-filter.ts';
import { secondsInstant, wallClock } from '../core/local-time.ts';
import { type AgeBucket, ageBucket, daysBetween, NOTHING, type OpenPage, type OpenState, type Overlay, plus, resolvedOf, type Sum, stateOf, stillOpen } from '../core/open-item.ts';
import type { Currency, Operator } from '../core/operator.ts';
import type { Clock, DetailsStore, OpenItems, Operators } from '../ports.ts';
import { atOnce } from './at-once.ts';
import { type PageItem, readOpenPage } from './read-open-page.ts';
import type { Viewer } from './visibility.ts';

export interface OpenItemsDependencies {
  readonly operators: Pick<Operators, 'list'>;
  readonly details: DetailsStore;
  readonly openItems: OpenItems;
  readonly now: Clock;
}

/** Which pages are looked at: what a page knows of all its items. */
export interface OpenPageFilter {
  readonly operatorCode?: string | undefined;
  readonly tacheId?: number | undefined;
  readonly kind?: OpenPage['kind'] | undefined;
  readonly bucket?: AgeBucket | undefined;
  /** Business days, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Which open items are looked for: everything that is given must fit. */
export interface OpenItemFilter extends OpenPageFilter, Omit<DetailFilter, 'classes'> {
  readonly states?: readonly OpenState[] | undefined;
}

/** One open item as it stands. */
export interface ListedItem {
  readonly page: OpenPage;
  readonly operator: Operator;
  readonly item: PageItem;
  readonly ageDays: number;
  readonly bucket: AgeBucket;
  readonly state: OpenState;
  readonly overlay: Overlay | undefined;
}

/** Where a list goes on: the key of a page, and a position in it. */
export interface OpenCursor {
  readonly key: string;
  readonly position: number;
}

/** One answer looks through so many, about two seconds' work: the next goes on from there. */
const MOST_EXAMINED = 10_000;
const OPERATORS_AT_ONCE = 8;

interface SeenPage {
  readonly page: OpenPage;
  readonly operator: Operator;
  readonly ageDays: number;
}

/** Open items across taches, oldest first. May be fewer than asked for, even none, where much had to be looked through: `next` goes on. */
export async function listOpenItems(
  deps: OpenItemsDependencies,
  filter: OpenItemFilter,
  limit: number,
  after: OpenCursor | undefined,
  viewer: Pick<Viewer, 'mayRead'>,
): Promise<{ readonly items: readonly ListedItem[]; readonly next: OpenCursor | undefined }> {
  const seen = (await seenPages(deps, filter, viewer)).filter(({ page }) => mayHold(page, filter.states));
  const found: ListedItem[] = [];
  let examined = 0;
  for (const { page, operator, ageDays } of seen) {
    const key = keyOf(page);
    if (after !== undefined && key < after.key) continue;
    const from = after?.key === key ? after.position : 0;
    if (examined >= MOST_EXAMINED) return { items: found, next: { key, position: from } };
    const fits = detailTest({ phone: filter.phone, payid: filter.payid, least: filter.least, most: filter.most }, page.currency);
    for (const item of await readOpenPage(deps, page)) {
      if (item.position < from) continue;
      const overlay = item.overlay?.overlay;
      const state = stateOf(page, overlay);
      examined += 1;
      if ((filter.states !== undefined && !filter.states.includes(state)) || (fits !== undefined && !fits(sidesOf(item)))) continue;
      if (found.length === limit) return { items: found, next: { key, position: item.position } };
      found.push({ page, operator, item, ageDays, bucket: ageBucket(ageDays), state, overlay });
    }
  }
  return { items: found, next: undefined };
}

/** What is open, and what was resolved, of one operator and currency. */
export interface OpenBalance {
  readonly operator: Operator;
  readonly currency: Currency;
  /** By age, of what is still open: rows that nothing explains, and successes that the operator does not have. */
  readonly buckets: Readonly<Record<AgeBucket, Readonly<Record<OpenPage['kind'], Sum>>>>;
  readonly resolved: Sum;
  /** The oldest business day on which something is still open. */
  readonly since: string | undefined;
}

/** How much is open and since when, by operator and age: the sums of pages, so that a million items cost no more than a thousand of them. */
export async function openBalance(deps: Omit<OpenItemsDependencies, 'details'>, filter: OpenPageFilter, viewer: Pick<Viewer, 'mayRead'>): Promise<readonly OpenBalance[]> {
  const balances = new Map<string, OpenBalance>();
  for (const { page, operator, ageDays } of await seenPages(deps, filter, viewer)) {
    const resolved = page.isCounted ? page.resolved : resolvedOf(await deps.openItems.overlays(page), page.day);
    const open = stillOpen({ ...page, resolved });
    const key = `${operator.code} ${page.currency}`;
    const so = balances.get(key) ?? { operator, currency: page.currency, buckets: EMPTY, resolved: NOTHING, since: undefined };
    const bucket = ageBucket(ageDays);
    const ofBucket = { ...so.buckets[bucket], [page.kind]: plus(so.buckets[bucket][page.kind], open) };
    balances.set(key, {
      ...so,
      buckets: { ...so.buckets, [bucket]: ofBucket },
      resolved: plus(so.resolved, resolved),
      since: so.since ?? (open.count > 0 ? page.day : undefined),
    });
  }
  return [...balances.values()].sort((one, other) => (one.operator.name < other.operator.name ? -1 : 1));
}

const NONE = { unexplained: NOTHING, absent: NOTHING };
const EMPTY: OpenBalance['buckets'] = { '0-1': NONE, '2-7': NONE, '8-30': NONE, '31+': NONE };

/** The pages that fit a filter and that the viewer may see, oldest first. */
async function seenPages(
  { operators, openItems, now }: Omit<OpenItemsDependencies, 'details'>,
  filter: OpenPageFilter,
  { mayRead }: Pick<Viewer, 'mayRead'>,
): Promise<readonly SeenPage[]> {
  const wanted = (await operators.list()).filter(({ code }) => filter.operatorCode === undefined || filter.operatorCode === code);
  const at = now();
  const pages = await atOnce(wanted, OPERATORS_AT_ONCE, async (operator) =>
    (await openItems.pages(operator.code, filter.tacheId)).map((page) => ({ page, operator, ageDays: daysBetween(page.day, todayIn(page.timeZone, at)) })),
  );
  const seen: SeenPage[] = [];
  for (const one of pages.flat()) if (fitsPage(one, filter) && (await mayRead(one.page.owner))) seen.push(one);
  return seen.sort((one, other) => (keyOf(one.page) < keyOf(other.page) ? -1 : 1));
}

function fitsPage({ page, ageDays }: SeenPage, { kind, bucket, from, to }: OpenPageFilter): boolean {
  return (
    (kind === undefined || kind === page.kind) &&
    (bucket === undefined || bucket === ageBucket(ageDays)) &&
    (from === undefined || page.day >= from) &&
    (to === undefined || page.day <= to)
  );
}

/** Whether a page can hold an item of one of the states; where it is not counted only its items tell. */
function mayHold(page: OpenPage, states: readonly OpenState[] | undefined): boolean {
  if (states === undefined || !page.isCounted) return true;
  if (states.includes('resolved') && page.resolved.count > 0) return true;
  return stillOpen(page).count > 0 && states.includes(page.triedAt === undefined ? 'new' : 'persistent');
}

const zones = new Map<string, (utcSeconds: number) => number>();

function todayIn(timeZone: string, at: string): string {
  const clock = zones.get(timeZone) ?? wallClock(timeZone);
  zones.set(timeZone, clock);
  return secondsInstant(clock(Math.floor(Date.parse(at) / 1_000))).slice(0, 10);
}

/** Oldest day first, then by operator and tache. */
function keyOf({ day, operatorCode, tacheId, kind, page }: OpenPage): string {
  return `${day}#${operatorCode}#${String(tacheId).padStart(12, '0')}#${kind}#${String(page).padStart(6, '0')}`;
}

function sidesOf({ kind, detail }: PageItem) {
  return kind === 'unexplained' ? { row: detail.row } : { transaction: detail.transaction };
}
