import { createHash } from 'node:crypto';
import { type JournalEntry, type JournalEvent, type JournalValue, SYSTEM } from '../core/journal.ts';
import { amountText, MINOR_DIGITS } from '../core/money.ts';
import type { Finding, OpenItem } from '../core/open-index.ts';
import { type Explanation, MANUAL_EXPLANATIONS, NOTHING, type OpenPage, type Overlay, PAGE_ITEMS, type PlacedOverlay, plus } from '../core/open-item.ts';
import type { Tache } from '../core/tache.ts';
import type { Clock, Journal, OpenItems } from '../ports.ts';
import { atOnce } from './at-once.ts';
import { record, recordState } from './journal.ts';

export interface KeepDependencies {
  readonly openItems: OpenItems;
  readonly journal: Journal;
  readonly now: Clock;
}

const WRITES_AT_ONCE = 24;
/** Items that an entry names one by one; the digest is of all of them. */
const NAMED = 100;

/** What resolves an item, as the journal and the API name it. */
export const EXPLANATION_FRENCH = {
  'late-ledger': 'ligne_tardive',
  'late-operator': 'succes_tardif',
  corrected: 'corrige',
  carried: 'reporte',
  linked: 'lien',
  'set-aside': 'mise_de_cote',
} as const satisfies Record<Explanation['how'], string>;

/**
 * Keeps what was found of the open items of a tache: overlays, then one entry in its journal, then the sums. Whatever broke off before is brought to its end first:
 * a page whose sums were not counted may hold resolutions that no entry tells of. There is one worker on an operator at a time.
 * @param trigger what the items were tried against: part of the event's name
 */
export async function keepFindings(deps: KeepDependencies, tache: Tache, pages: readonly OpenPage[], findings: readonly Finding[], trigger: string): Promise<void> {
  const pageOf = pagesByPlace(pages);
  const touched = new Map<string, OpenPage>(pages.filter(({ isCounted }) => !isCounted).map((page) => [placeOf(page), page]));
  const placed = findings.flatMap((finding) => {
    const page = pageOf.get(placeOf({ ...finding.item, page: Math.floor(finding.item.position / PAGE_ITEMS) }));
    return page === undefined ? [] : [{ page, finding }];
  });
  if (placed.length === 0 && touched.size === 0) return;
  const entries = await recordState(deps.journal, tache);
  const event = `ecarts-resolus#${trigger}#${entries.length + 1}`;
  const at = deps.now();
  for (const { page, finding } of placed) if ('explanation' in finding) touched.set(placeOf(page), page);
  await atOnce([...touched.values()], WRITES_AT_ONCE, (page) => deps.openItems.beginChange(page));
  await atOnce(placed, WRITES_AT_ONCE, ({ page, finding }) => deps.openItems.write(page, overlayOf(finding, event, at)));
  const overlays = (await atOnce([...touched.values()], WRITES_AT_ONCE, async (page) => (await deps.openItems.overlays(page)).filter(({ day }) => day === page.day))).flat();
  await record(deps.journal, tache.id, eventsOf(tache, overlays, entries, deps.now()));
  await atOnce([...touched.values()], WRITES_AT_ONCE, (page) => deps.openItems.count(page));
}

function overlayOf(finding: Finding, event: string, at: string): PlacedOverlay {
  const { item } = finding;
  const overlay: Overlay = 'explanation' in finding ? { state: 'resolved', explanation: finding.explanation, at, event } : { state: 'proposed', proposal: finding.proposal };
  return { ...namedPlace(item), overlay };
}

/** What an overlay keeps of its item. */
function namedPlace({ position, day, amount, name }: OpenItem) {
  return { position, day, amount, name };
}

/** One event for each batch of resolutions that the journal does not know. */
function eventsOf({ currency }: Tache, overlays: readonly PlacedOverlay[], entries: readonly JournalEntry[], at: string): readonly JournalEvent[] {
  const known = new Set(entries.map(({ event }) => event));
  const batches = new Map<string, Resolved[]>();
  for (const { overlay, ...item } of overlays) {
    if (overlay.state !== 'resolved' || isManual(overlay.explanation) || known.has(overlay.event)) continue;
    const batch = batches.get(overlay.event) ?? [];
    batch.push({ ...item, explanation: overlay.explanation });
    batches.set(overlay.event, batch);
  }
  const shown = (minor: number) => amountText(minor, MINOR_DIGITS[currency]);
  return [...batches].map(([event, batch]) => {
    const sum = batch.reduce((so, { amount }) => plus(so, { count: 1, amount }), NOTHING);
    const lines = batch.map(({ name, amount, explanation }) => ({ ecart: name, montant: shown(amount), ...explanationData(explanation) }));
    return {
      event,
      at,
      by: SYSTEM,
      action: 'ecarts-resolus',
      reason: '',
      data: {
        nombre: sum.count,
        montant: shown(sum.amount),
        devise: currency,
        ecarts: lines.slice(0, NAMED),
        empreinte: createHash('sha256').update(JSON.stringify(lines)).digest('hex'),
      },
    };
  });
}

type Resolved = Omit<PlacedOverlay, 'overlay'> & { readonly explanation: Explanation };

function isManual({ how }: Explanation): boolean {
  return MANUAL_EXPLANATIONS.some((manual) => manual === how);
}

function explanationData(explanation: Explanation): { [name: string]: JournalValue } {
  const par = EXPLANATION_FRENCH[explanation.how];
  switch (explanation.how) {
    case 'late-ledger':
    case 'linked':
      return { par, cpm_trans_id: explanation.transId };
    case 'late-operator':
      return { par, tache: explanation.tacheId, ligne: explanation.row };
    case 'corrected':
      return { par, statut: explanation.status };
    case 'carried':
      return { par, tache: explanation.tacheId };
    case 'set-aside':
      return { par };
    default:
      return explanation satisfies never;
  }
}

function pagesByPlace(pages: readonly OpenPage[]): ReadonlyMap<string, OpenPage> {
  return new Map(pages.map((page) => [placeOf(page), page]));
}

function placeOf({ day, kind, page }: Pick<OpenPage, 'day' | 'kind' | 'page'>): string {
  return `${day} ${kind} ${page}`;
}
