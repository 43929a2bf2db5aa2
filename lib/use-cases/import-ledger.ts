import { LedgerReader, REQUIRED_LEDGER_COLUMNS, type RejectedTransaction } from '../core/ledger-intake.ts';
import type { RowSource } from '../core/rows.ts';
import type { StatementObject } from '../core/tache.ts';
import { openRows } from '../files/open-rows.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import type { ImportCounts, Ledger, Objects } from '../ports.ts';
import { writeReceipt, writeReport } from './drop-report.ts';
import { Failure } from './failure.ts';

/** What an import took in. */
export interface ImportResult extends ImportCounts {
  /** Data rows received. */
  readonly received: number;
  readonly rejected: readonly RejectedTransaction[];
  /** False where no row holds the required columns: nothing was taken. */
  readonly headerFound: boolean;
}

export interface LedgerFileDependencies {
  readonly ledger: Ledger;
  readonly objects: Objects;
}

/**
 * Imports the transactions of a table. Running it again changes nothing.
 * @throws UnreadableFile
 */
export async function importLedger(ledger: Ledger, source: RowSource): Promise<ImportResult> {
  const reader = new LedgerReader(source);
  let counts: ImportCounts = { created: 0, changed: 0, unchanged: 0 };
  for await (const batch of source.batches) {
    const taken = await ledger.importTransactions(reader.read(batch));
    counts = { created: counts.created + taken.created, changed: counts.changed + taken.changed, unchanged: counts.unchanged + taken.unchanged };
  }
  return { ...counts, received: reader.count, rejected: reader.rejected, headerFound: reader.headerFound };
}

/** Imports transactions that came in a request. @throws Failure where the columns are missing */
export async function importTransactions(ledger: Ledger, rows: readonly object[]): Promise<ImportResult> {
  if (rows.length === 0) return { created: 0, changed: 0, unchanged: 0, received: 0, rejected: [], headerFound: true };
  const result = await importLedger(ledger, await openRows({ kind: 'bytes', bytes: Buffer.from(JSON.stringify(rows)) }));
  if (!result.headerFound) throw new Failure({ code: 'invalid-request', detail: missingColumns() });
  return result;
}

/** Imports a dropped ledger file: what was taken is told under `depot/recus/`, what could not be under `depot/refus/`. */
export async function importLedgerFile(deps: LedgerFileDependencies, object: StatementObject): Promise<ImportResult | undefined> {
  const file = await deps.objects.spool(object);
  if (file === undefined) return undefined;
  try {
    const result = await importLedger(deps.ledger, await openRows({ kind: 'path', path: file.path }));
    if (!result.headerFound) await writeReport(deps.objects, object, { raison: missingColumns() });
    else if (result.rejected.length > 0) {
      await writeReport(deps.objects, object, {
        raison: `${result.rejected.length} ligne(s) rejetée(s) sur ${result.received}, numérotées à partir de 0 ; les autres ont été enregistrées.`,
        rejets: result.rejected.map(({ number, reason }) => ({ ligne: number, raison: reason })),
      });
    }
    if (result.headerFound) await writeReceipt(deps.objects, object, receiptOf(result));
    return result;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    await writeReport(deps.objects, object, { raison: error.french });
    return undefined;
  } finally {
    await file.remove();
  }
}

function receiptOf({ received, created, changed, unchanged, rejected }: ImportResult) {
  return { recus: received, nouveaux: created, modifies: changed, inchanges: unchanged, rejets: rejected.length };
}

/** French: which columns a ledger export must have. */
export function missingColumns(): string {
  return `Colonnes attendues dans le grand livre : ${REQUIRED_LEDGER_COLUMNS.join(', ')}.`;
}
