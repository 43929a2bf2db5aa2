import { isStalled, MOST_RESUMPTIONS, type PendingWork, pendingWork, RESUMED_UNTIL_MS } from '../core/stalled.ts';
import type { Tache } from '../core/tache.ts';
import type { Arrivals, Clock, Journal, MatchingQueue, NoticeQueue, Resumptions, Taches, ValidationQueue, Waiting } from '../ports.ts';
import { DROP_FOLDER } from './drop-report.ts';
import { recordAndTellTache } from './journal.ts';

export interface ResumptionDependencies {
  readonly taches: Taches;
  readonly journal: Journal;
  readonly notices: NoticeQueue;
  readonly resumptions: Resumptions;
  readonly arrivals: Arrivals & Waiting;
  readonly matching: MatchingQueue & Waiting;
  readonly validations: ValidationQueue & Waiting;
  readonly now: Clock;
}

/** What was found: taches by what was done for them. */
export interface ResumptionCounts {
  readonly resumed: number;
  readonly givenUp: number;
}

const PAGE = 500;
/** Days of the busiest customer; a run that looks through as many takes seconds. */
const MOST_EXAMINED = 5_000;

/**
 * Sends the message of every tache again on which nobody works any more: its own is lost, or lies among the dead letters. Whatever was done is not done twice.
 * A queue in which messages wait is passed over: what waits is not stalled.
 */
export async function resumeStalled(deps: ResumptionDependencies): Promise<ResumptionCounts> {
  const counts = { resumed: 0, givenUp: 0 };
  const idle = await idleQueues(deps);
  for await (const { tache, work } of stalledTaches(deps)) {
    if (!idle.has(work)) continue;
    const times = await deps.resumptions.count(tache, deps.now());
    // Somebody was at work after all.
    if (times === undefined) continue;
    if (times > MOST_RESUMPTIONS && work !== 'validation') {
      await giveUp(deps, tache);
      counts.givenUp += 1;
    } else {
      await send(deps, tache, work);
      counts.resumed += 1;
    }
  }
  return counts;
}

async function* stalledTaches({ taches, now }: ResumptionDependencies): AsyncIterable<{ readonly tache: Tache; readonly work: PendingWork }> {
  const present = Date.parse(now());
  let after: number | undefined;
  for (let examined = 0; examined < MOST_EXAMINED; examined += PAGE) {
    const page = await taches.list({}, PAGE, after);
    for (const tache of page.taches) {
      const work = pendingWork(tache, tache.source.key.startsWith(DROP_FOLDER));
      if (work !== undefined && isStalled(tache, present)) yield { tache, work };
    }
    const oldest = page.taches.at(-1);
    if (page.next === undefined || (oldest !== undefined && present - Date.parse(oldest.createdAt) > RESUMED_UNTIL_MS)) return;
    after = page.next;
  }
}

async function idleQueues({ arrivals, matching, validations }: ResumptionDependencies): Promise<ReadonlySet<PendingWork>> {
  const queues = [
    ['arrival', arrivals],
    ['matching', matching],
    ['validation', validations],
  ] as const;
  const waiting = await Promise.all(queues.map(([, queue]) => queue.waiting()));
  return new Set(queues.filter((_, index) => waiting[index] === 0).map(([work]) => work));
}

function send({ arrivals, matching, validations }: ResumptionDependencies, { id, source }: Tache, work: PendingWork): Promise<void> {
  switch (work) {
    case 'arrival':
      return arrivals.announce(source);
    case 'matching':
      return matching.send(id);
    case 'validation':
      return validations.sendLater(id);
    default:
      return work satisfies never;
  }
}

/** A validation is never given up: part of its transactions may be settled. Its dead letter has raised an alarm. */
async function giveUp(deps: ResumptionDependencies, { id }: Tache): Promise<void> {
  const reason = "Le traitement s'est interrompu plusieurs fois de suite sans laisser de trace. Le fichier est conservé ; l'exploitation peut relancer la tâche.";
  await deps.taches.fail(id, reason, deps.now(), true);
  await recordAndTellTache(deps, id);
}
