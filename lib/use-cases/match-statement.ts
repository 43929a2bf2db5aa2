import { Candidates } from '../core/candidates.ts';
import type { Details } from '../core/detail.ts';
import { detailsOf } from '../core/exceptions.ts';
import { type Reconciliation, reconcile } from '../core/matching.ts';
import type { Operator } from '../core/operator.ts';
import { type Period, periodOf, shownPeriod, widened } from '../core/period.ts';
import { type BadRow, type StatementReading, timeSpan } from '../core/statement.ts';
import { refusalOf, type StatementRefusal } from '../core/statement-refusal.ts';
import type { Tache, TacheCounts, TacheOutcome } from '../core/tache.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import type { Clock, DetailsStore, Journal, Ledger, NoticeQueue, Objects, Operators, Retries, Taches } from '../ports.ts';
import { expectStatement } from './ask-retry.ts';
import { DROP_FOLDER, writeReport } from './drop-report.ts';
import { frenchQuarantine, frenchRefusal } from './french-refusal.ts';
import { recordAndTellTache } from './journal.ts';
import { openStatement } from './open-statement.ts';
import { readStatement } from './read-statement.ts';
import { resultKey, resultLines } from './result-lines.ts';
import { type StepFigures, StepTimes } from './step-times.ts';

export interface MatchDependencies {
  readonly operators: Operators;
  readonly taches: Taches;
  readonly details: DetailsStore;
  readonly objects: Objects;
  readonly ledger: Ledger;
  readonly journal: Journal;
  readonly notices: NoticeQueue;
  readonly retries: Pick<Retries, 'ask'>;
  readonly now: Clock;
}

type ReadRows = Extract<StatementReading, { kind: 'rows' }>;

/** What the statement and the ledger of a tache come to: decided before anything is written. */
interface Decision {
  readonly outcome: Omit<TacheOutcome, 'edition'>;
  readonly reconciliation: Reconciliation;
  readonly reading: ReadRows;
  readonly period: Period | undefined;
}

/** What a run that came to its end has to tell: its tache, its rows, its breaks and the times of its steps. */
export type RunFigures = StepFigures;

const PROGRESS_ROWS = 50_000;
const NO_PERIOD: Period = { from: 0, until: 0 };

/**
 * Matches the statement of a tache with the ledger: CREATION → ENCOURS → ATTENTE, or ECHEC where the file cannot be used.
 * A second run writes the same; a run after the end does nothing.
 * @returns `undefined` where nothing was matched
 * @throws whatever a service throws: the message is delivered again
 */
export async function matchStatement(deps: MatchDependencies, tacheId: number): Promise<RunFigures | undefined> {
  const tache = await deps.taches.begin(tacheId, deps.now());
  const figures = tache && (await matchBegun(deps, tache));
  await recordAndTellTache(deps, tacheId);
  return figures;
}

async function matchBegun(deps: MatchDependencies, tache: Tache): Promise<RunFigures | undefined> {
  const operator = await deps.operators.byCode(tache.operatorCode);
  if (operator === undefined) return fail(deps, tache, `L'opérateur ${tache.operatorCode} n'existe plus.`);
  const times = new StepTimes();
  try {
    const reading = await readSource(deps, tache, operator, times);
    if (reading === undefined) return await fail(deps, tache, "Le fichier du relevé n'est plus là : déposez-le ou envoyez-le de nouveau.");
    const refusal = refusalOf(reading, operator.badRows);
    if (refusal !== undefined || reading.kind !== 'rows') return await refuse(deps, tache, refusal ?? { kind: 'bad-rows', rows: [] });
    await deps.taches.reportProgress(tache.id, { step: 'rapprochement', rows: reading.count, percent: 50 }, deps.now());
    await expectStatement(deps, tache);
    const decision = await decide(deps, tache, operator, reading, times);
    await times.of(
      'write',
      () => write(deps, tache, decision),
      () => reading.count,
    );
    return { tache: tache.id, ...decision.outcome.counts, ...times.figures };
  } catch (error) {
    if (error instanceof UnreadableFile) return fail(deps, tache, error.french);
    throw error;
  }
}

/** Gives up a tache whose work failed at every try. */
export async function abandonTache(deps: Pick<MatchDependencies, 'taches' | 'journal' | 'notices' | 'now'>, tacheId: number): Promise<void> {
  await deps.taches.fail(
    tacheId,
    "Le traitement a échoué plusieurs fois de suite pour une raison technique. Le fichier est conservé ; l'exploitation peut relancer la tâche.",
    deps.now(),
    true,
  );
  await recordAndTellTache(deps, tacheId);
}

/** @returns `undefined` where the object is gone */
async function readSource(deps: MatchDependencies, tache: Tache, operator: Operator, times: StepTimes): Promise<StatementReading | undefined> {
  const file = await times.of('fetch', () => deps.objects.spool(tache.source));
  if (file === undefined) return undefined;
  const { path } = file;
  let reported = 0;
  const read = async () =>
    readStatement(await openStatement(path), operator, async (rows) => {
      if (rows - reported < PROGRESS_ROWS) return;
      reported = rows;
      await deps.taches.reportProgress(tache.id, { step: 'lecture', rows, percent: 25 }, deps.now());
    });
  try {
    return await times.of('parse', read, (reading) => (reading.kind === 'rows' ? reading.count : 0));
  } finally {
    await file.remove();
  }
}

async function decide(deps: MatchDependencies, tache: Tache, operator: Operator, reading: ReadRows, times: StepTimes): Promise<Decision> {
  const period = periodOf(tache.bounds, operator.timeZone, timeSpan(reading.rows));
  const candidates = await times.of(
    'query',
    () => candidatesIn(deps, operator, period),
    ({ length }) => length,
  );
  const reconciliation = await times.of(
    'match',
    async () => reconcile(reading.rows, candidates, period ?? NO_PERIOD, operator.marginMinutes),
    () => reading.count + candidates.length,
  );
  const { totals, bridge } = reconciliation;
  return { outcome: { totals, bridge, counts: countsOf(reconciliation, reading) }, reconciliation, reading, period };
}

async function candidatesIn({ ledger }: MatchDependencies, operator: Operator, period: Period | undefined): Promise<Candidates> {
  const candidates = new Candidates(operator);
  if (period === undefined) return candidates;
  const window = widened(period, operator.marginMinutes);
  for await (const page of ledger.window(operator.ledger.paymentMethod, window)) for (const transaction of page) candidates.push(transaction);
  return candidates;
}

function countsOf({ classes, unclassified, foreign }: Reconciliation, reading: ReadRows): TacheCounts {
  const { blank, repeatedHeader, total } = reading.skipped;
  return {
    matched: classes.matched.length,
    amountDiffers: classes.amountDiffers.length,
    statementDuplicates: classes.statementDuplicates.length,
    ledgerDuplicates: classes.ledgerDuplicates.length,
    correspondents: classes.correspondents.length,
    unexplained: classes.unexplained.length,
    absent: classes.absent.length,
    nearEdge: classes.absent.filter(({ nearEdge }) => nearEdge).length,
    ambiguous: classes.correspondents.filter(({ ambiguous }) => ambiguous).length,
    unclassified,
    read: reading.count,
    setAside: reading.setAside.length,
    bad: reading.bad.length,
    skipped: blank + repeatedHeader + total,
    foreign,
  };
}

async function write(deps: MatchDependencies, tache: Tache, { outcome, reconciliation, reading, period }: Decision): Promise<void> {
  await deps.taches.reportProgress(tache.id, { step: 'ecriture', rows: reading.count, percent: 75 }, deps.now());
  const firstId = await deps.taches.reserveDetailIds(tache.id, reading.count);
  const details: Details = detailsOf(reconciliation.classes, firstId);
  const edition = await deps.details.write(tache.id, details);
  // Another worker may have come to the end meanwhile: its result stands.
  if ((await deps.taches.get(tache.id))?.state !== 'ENCOURS') return;
  await deps.objects.putLines(resultKey(tache.id, edition), resultLines(reconciliation.classes, reading, firstId));
  if (reading.bad.length > 0) await reportBadRows(deps, tache, reading.bad);
  const shown = period && shownPeriod(period, tache.bounds.end !== undefined);
  await deps.taches.complete(tache.id, { ...outcome, edition }, shown, deps.now(), frenchQuarantine(reading.bad));
}

async function refuse(deps: MatchDependencies, tache: Tache, refusal: StatementRefusal): Promise<undefined> {
  const more = refusal.kind === 'bad-rows' ? { lignes: refusal.rows.map(({ number, problems }) => ({ ligne: number, problemes: problems })) } : {};
  await fail(deps, tache, frenchRefusal(refusal), more);
}

async function reportBadRows(deps: MatchDependencies, tache: Tache, bad: readonly BadRow[]): Promise<void> {
  await reportDrop(deps, tache, `${bad.length} ligne(s) écartée(s) : les autres ont été rapprochées.`, {
    lignes: bad.map(({ number, problems }) => ({ ligne: number, problemes: problems })),
  });
}

async function fail(deps: MatchDependencies, tache: Tache, description: string, more: Readonly<Record<string, unknown>> = {}): Promise<undefined> {
  await reportDrop(deps, tache, description, more);
  await deps.taches.fail(tache.id, description, deps.now());
}

async function reportDrop(deps: MatchDependencies, tache: Tache, raison: string, more: Readonly<Record<string, unknown>>): Promise<void> {
  if (tache.source.key.startsWith(DROP_FOLDER)) await writeReport(deps.objects, tache.source, { raison, tache: tache.id, ...more });
}
