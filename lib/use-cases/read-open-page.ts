import type { AnomalyDetail, UnexplainedDetail } from '../core/detail.ts';
import { openAbsence, openRow } from '../core/open-details.ts';
import type { OpenItem } from '../core/open-index.ts';
import { businessDays, type OpenPage, PAGE_ITEMS, type PlacedOverlay } from '../core/open-item.ts';
import type { Operator } from '../core/operator.ts';
import type { DetailsStore, OpenItems } from '../ports.ts';

type Absence = Extract<AnomalyDetail, { type: 'absent' }>;

/** An item of a page as its tache's details show it, and what was found of it since. */
export type PageItem = { readonly position: number; readonly overlay: PlacedOverlay | undefined } & (
  | { readonly kind: 'unexplained'; readonly detail: UnexplainedDetail }
  | { readonly kind: 'absent'; readonly detail: Absence }
);

interface PageDependencies {
  readonly details: DetailsStore;
  readonly openItems: OpenItems;
}

/** The items of a page, resolved ones too, in the order of the details; none where details have ended. */
export async function readOpenPage({ details, openItems }: PageDependencies, page: OpenPage): Promise<readonly PageItem[]> {
  const [from, to] = [page.page * PAGE_ITEMS, (page.page + 1) * PAGE_ITEMS];
  const dayOf = businessDays(page.timeZone);
  const [items, overlays] = await Promise.all([read(details, page, from, to), openItems.overlays(page)]);
  const found = new Map(overlays.map((overlay) => [overlay.position, overlay]));
  return items.filter((item) => dayOf(instantOf(item)) === page.day).map((item) => ({ ...item, overlay: found.get(item.position) }));
}

type ReadItem = { readonly position: number } & ({ readonly kind: 'unexplained'; readonly detail: UnexplainedDetail } | { readonly kind: 'absent'; readonly detail: Absence });

async function read(details: DetailsStore, { tacheId, edition, kind, rows }: OpenPage, from: number, to: number): Promise<readonly ReadItem[]> {
  if (kind === 'unexplained') {
    const unexplained = await details.read(tacheId, edition, kind, from, to);
    return unexplained.length < rows ? [] : unexplained.map((detail, index) => ({ kind, detail, position: from + index }));
  }
  const anomalies = await details.read(tacheId, edition, 'anomaly', from, to);
  if (anomalies.length < rows) return [];
  return anomalies.flatMap((detail, index) => (detail.type === 'absent' ? [{ kind, detail, position: from + index }] : []));
}

/** The items of a page that are still open, as they are compared with what came later. */
export function openItemsOf(page: OpenPage, items: readonly PageItem[], operator: Operator): readonly OpenItem[] {
  return items.flatMap((item): readonly OpenItem[] => {
    if (item.overlay?.overlay.state === 'resolved') return [];
    const place = { tacheId: page.tacheId, position: item.position, day: page.day };
    return [item.kind === 'unexplained' ? openRow(place, item.detail.id, item.detail.row, operator) : openAbsence(place, item.detail.transaction, operator)];
  });
}

function instantOf(item: ReadItem): string {
  return item.kind === 'unexplained' ? item.detail.row.time : item.detail.transaction.createdAt;
}
