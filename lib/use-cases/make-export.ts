import { createHash } from 'node:crypto';
import type { ExportFormat } from '../core/export-format.ts';
import { type Treatment, treatmentsOf } from '../core/manual-work.ts';
import type { Tache } from '../core/tache.ts';
import { csvExport } from '../exports/csv-export.ts';
import type { ExportSubject } from '../exports/export-subject.ts';
import { readResultLines } from '../exports/read-result-lines.ts';
import type { ResultLine } from '../exports/result-line.ts';
import { statementPage } from '../exports/statement-page.ts';
import { workbookExport } from '../exports/workbook-export.ts';
import type { Clock, ExportOrder, ExportStore, Journal, Objects, Operators, Taches } from '../ports.ts';
import { resultKey } from './result-lines.ts';
import { treatmentText } from './treatment-text.ts';

export interface MakeExportDependencies {
  readonly taches: Taches;
  readonly operators: Operators;
  readonly journal: Journal;
  readonly objects: Objects;
  readonly exports: ExportStore;
  readonly now: Clock;
}

/** What is made is made anew when the making changes: one more with every change of what exports look like. */
const MAKING = 1;

const CONTENT_TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
} as const satisfies Record<ExportFormat, string>;

/** What an export of a tache would be about now, and where it lies: another state of the tache has another key. `undefined` while there is no result. */
export async function exportOf(deps: MakeExportDependencies, tache: Tache, format: ExportFormat): Promise<{ readonly subject: ExportSubject; readonly key: string } | undefined> {
  const { outcome, progress: _, ...state } = tache;
  if (outcome === undefined) return undefined;
  const [operator, entries] = await Promise.all([deps.operators.byCode(tache.operatorCode), deps.journal.entries(tache.id)]);
  const last = entries.at(-1);
  const shown = { operatorName: operator?.name ?? tache.operatorCode, timeZone: operator?.timeZone ?? 'UTC', journal: last && { entries: last.number, hash: last.hash } };
  const digest = createHash('sha256')
    .update(JSON.stringify([MAKING, state, outcome, shown]))
    .digest('hex');
  return { subject: { tache, outcome, ...shown, madeAt: deps.now() }, key: `exports/${tache.id}/${digest}.${format}` };
}

/** Makes an export that was ordered, unless it is there already. */
export async function makeOrderedExport(deps: MakeExportDependencies, { tacheId, format }: ExportOrder): Promise<void> {
  const tache = await deps.taches.get(tacheId);
  const wanted = tache && (await exportOf(deps, tache, format));
  if (wanted === undefined || (await deps.exports.exists(wanted.key))) return;
  await makeExport(deps, wanted.subject, format, wanted.key);
}

/** Makes an export. @throws Error where the result is gone, or its lines are not those of the tache's figures */
export async function makeExport(deps: MakeExportDependencies, subject: ExportSubject, format: ExportFormat, key: string): Promise<void> {
  if (format === 'pdf') return deps.exports.put(key, pieces(await statementPage(subject)), CONTENT_TYPES.pdf);
  const lines = await deps.objects.spool({ key: resultKey(subject.tache.id, subject.outcome.edition) });
  if (lines === undefined) throw new Error(`the result of tache ${subject.tache.id} is gone`);
  try {
    const read = treated(readResultLines(lines.path), treatmentsOf(await deps.journal.entries(subject.tache.id)));
    await deps.exports.put(key, format === 'csv' ? csvExport(subject, read) : workbookExport(subject, read), CONTENT_TYPES[format]);
  } finally {
    await lines.remove();
  }
}

/** The lines with what people have done with them. */
async function* treated(batches: AsyncIterable<readonly ResultLine[]>, treatments: ReadonlyMap<number, Treatment>): AsyncGenerator<readonly ResultLine[]> {
  for await (const batch of batches) {
    yield treatments.size === 0
      ? batch
      : batch.map((line) => {
          const treatment = line.classe === 'not_correspondent' ? treatments.get(line.id) : undefined;
          return line.classe !== 'not_correspondent' || treatment === undefined ? line : { ...line, traitement: treatmentText(treatment) };
        });
  }
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
