import type { ExportFormat } from '../core/export-format.ts';
import type { Tache, TacheOutcome } from '../core/tache.ts';
import type { ExportOrders, ExportQueue } from '../ports.ts';
import { Failure } from './failure.ts';
import { exportOf, type MakeExportDependencies, makeExport } from './make-export.ts';
import { readTache } from './read-tache.ts';
import { resultKey } from './result-lines.ts';
import type { Viewer } from './visibility.ts';

export interface RequestExportDependencies extends MakeExportDependencies {
  readonly orders: ExportOrders;
  readonly queue: ExportQueue;
}

/** An export that can be fetched, or one that is being made. */
export type RequestedExport = { readonly kind: 'ready'; readonly url: string; readonly fileName: string } | { readonly kind: 'in-the-making' };

/** How long a link is good. */
export const LINK_SECONDS = 900;
/** Rows of which a workbook is made within an answer, in a second or two. */
export const MOST_AT_ONCE = 20_000;
/** An order that brought nothing in this time is given again. It is as long as its worker may work. */
const STALE_MS = 900_000;

/**
 * An export of a tache: a link to it, made at once where it is small; otherwise it is ordered, and whoever asks again finds it made.
 * @throws Failure 404 where the tache is not theirs to see, 409 where it has no result, or no longer all of it
 */
export async function requestExport(deps: RequestExportDependencies, id: number, format: ExportFormat, viewer: Pick<Viewer, 'mayRead'>): Promise<RequestedExport> {
  const tache = await readTache(deps.taches, id, viewer);
  const wanted = await exportOf(deps, tache, format);
  if (wanted === undefined) throw new Failure({ code: 'conflict', detail: WHY_NOT[tache.state] ?? 'Cette tâche n’a pas de résultat.' });
  const { subject, key } = wanted;
  const fileName = `rapprochement-${id}-${tache.operatorCode}.${format}`;
  const ready = async () => ({ kind: 'ready', url: await deps.exports.link(key, fileName, LINK_SECONDS), fileName }) as const;
  if (await deps.exports.exists(key)) return ready();
  if (format !== 'pdf' && !(await deps.exports.exists(resultKey(id, subject.outcome.edition)))) {
    throw new Failure({ code: 'conflict', detail: 'Les lignes rapprochées de cette tâche ne sont plus conservées : seul son état signable (pdf) peut encore être édité.' });
  }
  if (format === 'pdf' || rowsOf(subject.outcome) <= MOST_AT_ONCE) {
    await makeExport(deps, subject, format, key);
    return ready();
  }
  const at = deps.now();
  // Noted once it is on its way: an order that was noted and not sent would be waited for in vain. Sent twice, it is made once.
  if (!(await deps.orders.wasGiven(key, new Date(Date.parse(at) - STALE_MS).toISOString()))) {
    await deps.queue.send({ tacheId: id, format });
    await deps.orders.note(key, at);
  }
  return { kind: 'in-the-making' };
}

const WHY_NOT: Readonly<Partial<Record<Tache['state'], string>>> = {
  CREATION: "Rien à exporter encore : le traitement de cette tâche n'a pas commencé.",
  ENCOURS: 'Rien à exporter encore : le traitement de cette tâche est en cours.',
  ECHEC: 'Rien à exporter : le traitement de cette tâche a échoué.',
};

function rowsOf({ counts }: TacheOutcome): number {
  return counts.read + counts.ledgerDuplicates + counts.absent;
}
