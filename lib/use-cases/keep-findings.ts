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

/** A tache, and all pages of it that have something open or are not counted. */
export interface OpenTache {
  readonly tache: Tache;
  readonly pages: readonly OpenPage[];
}

/** An open tache while what was found of it is kept. */
interface Keeping extends OpenTache {
  readonly entries: readonly JournalEntry[];
  readonly event: string;
  readonly byPlace: ReadonlyMap<string, OpenPage>;
  /** Where something is resolved, or was left uncounted. */
  readonly touched: readonly OpenPage[];
}

/**
 * Keeps what was found of open items: overlays, then an entry in the journal of each tache, then the sums. Whatever broke off before is brought to its end first: a
 * page whose sums were not counted may hold resolutions that no entry tells of. There is one worker on an operator at a time.
 * @param groups of two items that explain each other the one that is found by the other stands in an earlier group: who dies in between finds it again
 * @param trigger what the items were tried against: part of the event's name
 */
export async function keepFindings(deps: KeepDependencies, open: readonly OpenTache[], groups: readonly (readonly Finding[])[], trigger: string): Promise<void> {
  const byTache = new Map<number, Finding[]>(open.map(({ tache }) => [tache.id, []]));
  for (const finding of groups.flat()) byTache.get(finding.item.tacheId)?.push(finding);
  const keepings = new Map<number, Keeping>();
  for (const one of open) {
    const findings = byTache.get(one.tache.id) ?? [];
    const touched = touchedPages(one, findings);
    if (touched.length > 0 || findings.length > 0) keepings.set(one.tache.id, await begun(deps, one, touched, trigger));
  }
  const at = deps.now();
  for (const group of groups) await atOnce(group, WRITES_AT_ONCE, (finding) => write(deps, keepings.get(finding.item.tacheId), finding, at));
  for (const keeping of keepings.values()) await end(deps, keeping);
}

async function begun(deps: KeepDependencies, open: OpenTache, touched: readonly OpenPage[], trigger: string): Promise<Keeping> {
  const entries = await recordState(deps.journal, open.tache);
  await atOnce(touched, WRITES_AT_ONCE, (page) => deps.openItems.beginChange(page));
  const byPlace = new Map(open.pages.map((page) => [placeOf(page), page]));
  return { ...open, entries, event: `ecarts-resolus#${trigger}#${entries.length + 1}`, byPlace, touched };
}

async function write({ openItems }: KeepDependencies, keeping: Keeping | undefined, finding: Finding, at: string): Promise<void> {
  const page = keeping?.byPlace.get(placeOf(pageOfItem(finding.item)));
  if (keeping !== undefined && page !== undefined) await openItems.write(page, overlayOf(finding, keeping.event, at));
}

async function end({ openItems, journal, now }: KeepDependencies, { tache, entries, touched }: Keeping): Promise<void> {
  const overlays = (await atOnce(touched, WRITES_AT_ONCE, async (page) => (await openItems.overlays(page)).filter(({ day }) => day === page.day))).flat();
  await record(journal, tache.id, eventsOf(tache, overlays, entries, now()));
  await atOnce(touched, WRITES_AT_ONCE, (page) => openItems.count(page));
}

/** A proposal changes no sums. */
function touchedPages({ pages }: OpenTache, findings: readonly Finding[]): readonly OpenPage[] {
  const resolved = new Set(findings.flatMap((finding) => ('explanation' in finding ? [placeOf(pageOfItem(finding.item))] : [])));
  return pages.filter((page) => !page.isCounted || resolved.has(placeOf(page)));
}

function pageOfItem({ day, kind, position }: OpenItem) {
  return { day, kind, page: Math.floor(position / PAGE_ITEMS) };
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

function placeOf({ day, kind, page }: Pick<OpenPage, 'day' | 'kind' | 'page'>): string {
  return `${day} ${kind} ${page}`;
}
