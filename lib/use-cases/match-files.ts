import { LedgerCollector } from '../core/ledger-collector.ts';
import type { RejectedTransaction } from '../core/ledger-intake.ts';
import { type Reconciliation, reconcile } from '../core/matching.ts';
import type { Operator } from '../core/operator.ts';
import { type Period, type PeriodBounds, periodOf } from '../core/period.ts';
import type { RowSource } from '../core/rows.ts';
import { type StatementReading, timeSpan } from '../core/statement.ts';
import { refusalOf, type StatementRefusal } from '../core/statement-refusal.ts';
import { readStatement } from './read-statement.ts';

type ReadRows = Extract<StatementReading, { kind: 'rows' }>;

/** What came of matching two files. */
export type FilesOutcome =
  | { readonly kind: 'refused'; readonly refusal: StatementRefusal }
  | { readonly kind: 'ledger-headers-missing' }
  | {
      readonly kind: 'reconciled';
      readonly reading: ReadRows;
      readonly period: Period | undefined;
      readonly reconciliation: Reconciliation;
      readonly ledger: { readonly count: number; readonly rejected: readonly RejectedTransaction[]; readonly foreign: number };
    };

/** Reported while the files are read. `fraction`: share of the file that is read, 0–1; `undefined` where that cannot be told. */
export type Progress = (step: 'statement' | 'ledger', rows: number, fraction: number | undefined) => void;

const NO_PERIOD: Period = { from: 0, until: 0 };

/**
 * Reconciles a statement file with a ledger file, without any cloud.
 * @throws UnreadableFile
 */
export async function matchFiles(
  statement: RowSource,
  openLedger: () => Promise<RowSource>,
  operator: Operator,
  bounds: PeriodBounds,
  onProgress: Progress = () => undefined,
): Promise<FilesOutcome> {
  const reading = await readStatement(statement, operator, (rows) => onProgress('statement', rows, statement.fractionRead?.()));
  const refusal = refusalOf(reading, operator.badRows);
  if (refusal !== undefined || reading.kind !== 'rows') return { kind: 'refused', refusal: refusal ?? { kind: 'bad-rows', rows: [] } };
  const period = periodOf(bounds, operator.timeZone, timeSpan(reading.rows));
  const source = await openLedger();
  const reader = new LedgerCollector(operator, source);
  if (source.blocks === undefined) {
    for await (const batch of source.batches) {
      reader.read(batch);
      onProgress('ledger', reader.count, source.fractionRead?.());
    }
  } else {
    for await (const block of source.blocks) {
      reader.readBlock(block);
      onProgress('ledger', reader.count, source.fractionRead?.());
    }
  }
  if (!reader.headerFound) return { kind: 'ledger-headers-missing' };
  const reconciliation = reconcile(reading.rows, reader.candidates, period ?? NO_PERIOD, operator.marginMinutes);
  return { kind: 'reconciled', reading, period, reconciliation, ledger: { count: reader.count, rejected: reader.rejected, foreign: reconciliation.foreign } };
}
