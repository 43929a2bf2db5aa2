import { randomUUID } from 'node:crypto';
import { later } from '../core/later.ts';
import { proposeCorrespondents } from '../core/open-correspondents.ts';
import { ledgerFact } from '../core/open-details.ts';
import { type Finding, OpenIndex, type OpenItem } from '../core/open-index.ts';
import { type OpenPage, stillOpen } from '../core/open-item.ts';
import type { Operator } from '../core/operator.ts';
import { dayPeriod, type Period, reconciledPeriod, widened } from '../core/period.ts';
import type { Tache, TacheOutcome } from '../core/tache.ts';
import type { Clock, DetailsStore, DueRetry, Journal, Ledger, Objects, OpenItems, Operators, Retries, RetryQueue, Taches } from '../ports.ts';
import { atOnce } from './at-once.ts';
import { keepFindings } from './keep-findings.ts';
import { PagesBuilder, readFacts } from './open-pages.ts';
import { openItemsOf, readOpenPage } from './read-open-page.ts';

export interface RetryDependencies {
  readonly operators: Pick<Operators, 'byCode'>;
  readonly taches: Pick<Taches, 'get'>;
  readonly details: DetailsStore;
  readonly objects: Objects;
  readonly ledger: Pick<Ledger, 'window'>;
  readonly journal: Journal;
  readonly openItems: OpenItems;
  readonly retries: Retries;
  readonly retryQueue: RetryQueue;
  readonly now: Clock;
}

/** What a run came to, for the log. */
export interface RetryFigures {
  readonly statements: number;
  readonly days: number;
  readonly examined: number;
  readonly resolved: number;
  readonly proposed: number;
}

type DueStatement = Extract<DueRetry, { kind: 'statement' }>;
type DueDay = Extract<DueRetry, { kind: 'ledger' }>;
type Figures = { -readonly [Name in keyof RetryFigures]: RetryFigures[Name] };

/** Open items that are in memory at once, some hundred bytes each; a tache that has more is taken by itself. */
const MOST_AT_ONCE = 200_000;
const PAGES_AT_ONCE = 8;
/** Days of the ledger that are read for one look through what is open. */
const DAYS_AT_ONCE = 3;
const DUE_AT_ONCE = 50;
/** Of the time that a run has: what is begun within it ends within the rest. */
const SHARE_TO_BEGIN = 0.5;
const STEP = 1_000;

/**
 * Tries the open items of an operator against what came since: statements that were matched, days of the ledger that were imported to. What is done is forgotten
 * piece by piece, so that a run which breaks off is gone on with; a run that comes twice finds nothing to do.
 * @param endsAt when this worker is ended, done or not (ISO 8601 UTC): the operator is its own until then, so that who died holds up nobody for longer and who is slow is
 * not overtaken; from the half of its time on the rest is asked for again
 */
export async function retryOpenItems(deps: RetryDependencies, operatorCode: string, endsAt: string): Promise<RetryFigures> {
  const enough = shareOf(deps.now(), endsAt);
  const figures: Figures = { statements: 0, days: 0, examined: 0, resolved: 0, proposed: 0 };
  const operator = await deps.operators.byCode(operatorCode);
  if (operator === undefined || (await deps.retries.due(operatorCode, 1)).length === 0) return figures;
  const lease: Lease = { operatorCode, holder: randomUUID(), endsAt };
  if (!(await holds(deps, lease))) {
    await deps.retryQueue.send(operatorCode);
    return figures;
  }
  try {
    const run = new RetryRun(deps, operator, lease, figures);
    for (let part = await nextPart(deps.retries, operatorCode, run); part.length > 0; part = await nextPart(deps.retries, operatorCode, run)) {
      for (const retry of await run.done(part)) await deps.retries.done(operatorCode, retry);
      if (deps.now() < enough) continue;
      await deps.retryQueue.send(operatorCode);
      break;
    }
    if (run.hasFailed) throw run.error;
  } finally {
    await deps.retries.release(operatorCode, lease.holder);
  }
  return figures;
}

/** The first of what is due, but for what this run leaves due. */
async function nextPart(retries: Retries, operatorCode: string, run: RetryRun): Promise<readonly DueRetry[]> {
  const due = (await retries.due(operatorCode, DUE_AT_ONCE + run.left.size)).filter((retry) => !run.left.has(nameOf(retry)));
  const statement = due.find(({ kind }) => kind === 'statement');
  return statement === undefined ? due.slice(0, DAYS_AT_ONCE) : [statement];
}

/** Its match has not come to its end: it sends a message then. */
function isBeingMatched({ state, outcome }: Tache): boolean {
  return outcome === undefined && (state === 'CREATION' || state === 'ENCOURS');
}

function nameOf(retry: DueRetry): string {
  return retry.kind === 'statement' ? `releve ${retry.tacheId}` : `grand livre ${retry.day}`;
}

/** That one worker is the only one on an operator. */
interface Lease {
  readonly operatorCode: string;
  readonly holder: string;
  readonly endsAt: string;
}

function holds({ retries, now }: Pick<RetryDependencies, 'retries' | 'now'>, { operatorCode, holder, endsAt }: Lease): Promise<boolean> {
  return retries.lease(operatorCode, holder, now(), endsAt);
}

/** When so much of the time between two instants is over that nothing more is begun. */
function shareOf(at: string, endsAt: string): string {
  return later(at, SHARE_TO_BEGIN * (Date.parse(endsAt) - Date.parse(at)));
}

class RetryRun {
  /** What stays due. */
  readonly left = new Set<string>();
  hasFailed = false;
  /** What failed first. */
  error: unknown;
  /** Whether a statement is being matched whose match may not have seen what was imported since it began. */
  #isAwaited = false;
  readonly #deps: RetryDependencies;
  readonly #operator: Operator;
  readonly #lease: Lease;
  readonly #figures: Figures;

  constructor(deps: RetryDependencies, operator: Operator, lease: Lease, figures: Figures) {
    this.#deps = deps;
    this.#operator = operator;
    this.#lease = lease;
    this.#figures = figures;
  }

  /**
   * Does a part of what is due. One that fails must not hold up the others: its error is told at the end.
   * @returns what is due no longer
   */
  async done(part: readonly DueRetry[]): Promise<readonly DueRetry[]> {
    const left = await this.#try(part);
    for (const retry of left) this.left.add(nameOf(retry));
    return part.filter((retry) => !left.includes(retry));
  }

  /** @returns what stays due */
  async #try(part: readonly DueRetry[]): Promise<readonly DueRetry[]> {
    try {
      const days = part.filter((retry) => retry.kind === 'ledger');
      for (const retry of part) {
        if (retry.kind !== 'statement') continue;
        const tache = await this.#deps.taches.get(retry.tacheId);
        if (tache !== undefined && isBeingMatched(tache)) {
          this.#isAwaited = true;
          return part;
        }
        await this.#afterStatement(tache, retry);
      }
      if (days.length > 0) await this.#afterImport(days);
      this.#figures.statements += part.length - days.length;
      this.#figures.days += days.length;
      return this.#isAwaited ? days : [];
    } catch (error) {
      this.error ??= error;
      this.hasFailed = true;
      return part;
    }
  }

  /** Opens what the statement itself leaves, then holds what others have left open against its lines. */
  async #afterStatement(tache: Tache | undefined, { tacheId, at }: DueStatement): Promise<void> {
    const { outcome } = tache ?? {};
    if (tache === undefined || outcome === undefined) return;
    const { openItems, objects } = this.#deps;
    const { timeZone } = this.#operator;
    const builder = new PagesBuilder(tache, outcome, this.#operator, this.#deps.now());
    await readFacts(objects, tache, outcome, timeZone, (fact) => fact.kind === 'open' && builder.add(fact.item));
    await atOnce(builder.pages, PAGES_AT_ONCE, (page) => openItems.open(page));
    await this.#tryAgainst(
      `releve-${tacheId}`,
      (page) => page.tacheId !== tacheId,
      async (index) => {
        await readFacts(objects, tache, outcome, timeZone, (fact) => index.seeStatement(fact));
        return index.findings();
      },
      at,
    );
  }

  /** Holds what is open against the transactions of some days. */
  async #afterImport(due: readonly DueDay[]): Promise<void> {
    const days = due.map(({ day }) => day);
    await this.#tryAgainst(
      `grand-livre-${days.join('+')}`,
      () => true,
      async (index, taches) => {
        for (const day of days) await this.#seeLedger(index, dayPeriod(day));
        const explained = index.findings();
        const proposals: Finding[] = [];
        if (index.contenders().length > 0) for (const tache of taches) proposals.push(...(await this.#correspondents(index, tache)));
        return [...explained, ...proposals];
      },
      due.map(({ at }) => at).sort()[0] ?? '',
    );
  }

  async #seeLedger(index: OpenIndex, period: Period): Promise<void> {
    for await (const page of this.#deps.ledger.window(this.#operator.ledger.paymentMethod, period)) {
      for (const transaction of page) {
        const fact = ledgerFact(transaction, this.#operator);
        if (fact !== undefined) index.seeTransaction(fact);
      }
    }
  }

  /** Transactions that a tache has for other rows of its own are not proposed again. */
  async #correspondents(index: OpenIndex, tache: Tache): Promise<readonly Finding[]> {
    const { outcome } = tache;
    const period = reconciledPeriod(tache);
    if (outcome === undefined || period === undefined) return [];
    const window = widened(period, this.#operator.marginMinutes);
    if (proposeCorrespondents(index, tache.id, window, () => false).length === 0) return [];
    const taken = await this.#takenBy(tache, outcome);
    return proposeCorrespondents(index, tache.id, window, (transId) => taken.has(transId));
  }

  async #takenBy({ id }: Tache, { counts, edition }: TacheOutcome): Promise<ReadonlySet<string>> {
    const taken = new Set<string>();
    for (let from = 0; from < counts.correspondents; from += STEP) {
      const step = await this.#deps.details.read(id, edition, 'correspondent', from, Math.min(from + STEP, counts.correspondents));
      for (const { transaction } of step) taken.add(transaction.transId);
    }
    return taken;
  }

  /** Holds what is open against what came, some taches at a time. @param at when it came: what was opened later was not tried */
  async #tryAgainst(
    trigger: string,
    isConcerned: (page: OpenPage) => boolean,
    find: (index: OpenIndex, taches: readonly Tache[]) => Promise<readonly Finding[]>,
    at: string,
  ): Promise<void> {
    const open = (await this.#deps.openItems.pages(this.#operator.code)).filter((page) => !page.isCounted || stillOpen(page).count > 0);
    await this.#keep(open, [], trigger);
    for (const part of parts(open.filter(isConcerned))) {
      if (!(await holds(this.#deps, this.#lease))) throw new Error('somebody else has taken over the open items of this operator');
      const items = (await atOnce(part, PAGES_AT_ONCE, (page) => this.#openItems(page))).flat();
      const findings = await find(new OpenIndex(items), await this.#taches(part));
      await this.#keep(open, groupsOf(findings, part), trigger);
      await atOnce(
        part.filter(({ openedAt, triedAt }) => openedAt < at && triedAt !== at),
        PAGES_AT_ONCE,
        (page) => this.#deps.openItems.noteTry(page, at),
      );
      this.#figures.examined += items.length;
      for (const finding of findings) this.#figures['explanation' in finding ? 'resolved' : 'proposed'] += 1;
    }
  }

  /** Keeps what was found, and ends what was left uncounted. */
  async #keep(open: readonly OpenPage[], groups: readonly (readonly Finding[])[], trigger: string): Promise<void> {
    const found = new Set(groups.flat().map(({ item }) => item.tacheId));
    const concerned = new Set(open.filter(({ isCounted, tacheId }) => (groups.length === 0 ? !isCounted : found.has(tacheId))).map(({ tacheId }) => tacheId));
    const pages = open.filter(({ tacheId }) => concerned.has(tacheId));
    const taches = await this.#taches(pages);
    await keepFindings(
      this.#deps,
      taches.map((tache) => ({ tache, pages: pages.filter(({ tacheId }) => tacheId === tache.id) })),
      groups,
      trigger,
    );
  }

  async #openItems(page: OpenPage): Promise<readonly OpenItem[]> {
    return openItemsOf(page, await readOpenPage(this.#deps, page), this.#operator);
  }

  async #taches(pages: readonly OpenPage[]): Promise<readonly Tache[]> {
    const ids = [...new Set(pages.map(({ tacheId }) => tacheId))];
    return (await atOnce(ids, PAGES_AT_ONCE, (id) => this.#deps.taches.get(id))).filter((tache) => tache !== undefined);
  }
}

/**
 * Items of a statement that is read line by line are found again whatever becomes of the others, and rows whatever becomes of absences: they are kept after what
 * is found only by them.
 */
function groupsOf(findings: readonly Finding[], part: readonly OpenPage[]): readonly (readonly Finding[])[] {
  const loaded = new Set(part.map(({ tacheId }) => tacheId));
  const isLoaded = ({ item }: Finding) => loaded.has(item.tacheId);
  return [
    findings.filter((finding) => !isLoaded(finding)),
    findings.filter((finding) => isLoaded(finding) && finding.item.kind === 'absent'),
    findings.filter((finding) => isLoaded(finding) && finding.item.kind === 'unexplained'),
  ];
}

/** Whole taches, oldest first, as many as fit in memory. */
function parts(pages: readonly OpenPage[]): readonly (readonly OpenPage[])[] {
  const parts: OpenPage[][] = [];
  let count = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const page of [...pages].sort((one, other) => one.tacheId - other.tacheId)) {
    const open = page.opened.count;
    if (page.tacheId !== last && count + open > MOST_AT_ONCE) {
      parts.push([]);
      count = 0;
    }
    last = page.tacheId;
    count += open;
    parts.at(-1)?.push(page);
  }
  return parts;
}
