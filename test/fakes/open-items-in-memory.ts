import { type OpenPage, type PlacedOverlay, resolvedOf } from '../../lib/core/open-item.ts';
import type { DueRetry, OpenItems, PageKey, Retries } from '../../lib/ports.ts';

/** Open items in maps. */
export function openItemsInMemory(): OpenItems {
  const pages = new Map<string, OpenPage>();
  const overlays = new Map<string, Map<number, PlacedOverlay>>();
  const list = (key: PageKey) => [...(overlays.get(detailsPage(key))?.values() ?? [])].sort((one, other) => one.position - other.position);
  const change = (key: PageKey, changes: Partial<OpenPage>) => {
    const page = pages.get(pageName(key));
    if (page !== undefined) pages.set(pageName(key), { ...page, ...changes });
  };
  return {
    pages: async (operatorCode, tacheId) =>
      [...pages.entries()]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([, page]) => page)
        .filter((page) => page.operatorCode === operatorCode && (tacheId === undefined || page.tacheId === tacheId)),
    open: async (page) => void (pages.has(pageName(page)) || pages.set(pageName(page), page)),
    overlays: async (key) => list(key),
    beginChange: async (key) => change(key, { isCounted: false }),
    async write(key, item) {
      const of = overlays.get(detailsPage(key)) ?? new Map<number, PlacedOverlay>();
      const known = of.get(item.position)?.overlay;
      const isByHand = known?.state === 'resolved' && (known.explanation.how === 'linked' || known.explanation.how === 'set-aside');
      if (item.overlay.state === 'reopened' ? !isByHand : known?.state === 'resolved') return false;
      overlays.set(detailsPage(key), of.set(item.position, item));
      return true;
    },
    count: async (key) => change(key, { resolved: resolvedOf(list(key), key.day), isCounted: true }),
    noteTry: async (key, triedAt) => change(key, { triedAt }),
  };
}

/** What is due in a map, and leases. */
export function retriesInMemory(): Retries {
  const due = new Map<string, DueRetry>();
  const leases = new Map<string, { readonly holder: string; readonly until: string }>();
  const name = (operatorCode: string, retry: DueRetry) => `${operatorCode}#${retry.kind === 'statement' ? `0#${String(retry.tacheId).padStart(12, '0')}` : `1#${retry.day}`}`;
  return {
    ask: async (operatorCode, retry) => void due.set(name(operatorCode, retry), retry),
    due: async (operatorCode, limit) =>
      [...due.entries()]
        .filter(([key]) => key.startsWith(`${operatorCode}#`))
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .slice(0, limit)
        .map(([, retry]) => retry),
    async done(operatorCode, retry) {
      if (due.get(name(operatorCode, retry))?.at === retry.at) due.delete(name(operatorCode, retry));
    },
    async lease(operatorCode, holder, now, until) {
      const known = leases.get(operatorCode);
      if (known !== undefined && known.holder !== holder && known.until >= now) return false;
      leases.set(operatorCode, { holder, until });
      return true;
    },
    async release(operatorCode, holder) {
      if (leases.get(operatorCode)?.holder === holder) leases.delete(operatorCode);
    },
  };
}

function pageName({ operatorCode, day, tacheId, kind, page }: PageKey): string {
  return `${operatorCode}#${day}#${String(tacheId).padStart(12, '0')}#${kind}#${String(page).padStart(6, '0')}`;
}

function detailsPage({ tacheId, edition, kind, page }: PageKey): string {
  return `${tacheId}#${edition}#${kind}#${page}`;
}
