import type { RejectedTransaction } from '../core/ledger-intake.ts';
import { type Reconciliation, reconcile } from '../core/matching.ts';
import type { Operator } from '../core/operator.ts';
import { type Period, type PeriodBounds, periodOf } from '../core/period.ts';
import type { RowSource } from '../core/rows.ts';
import { type StatementReading, timeSpan } from '../core/statement.ts';
import { refusalOf, type StatementRefusal } from '../core/statement-refusal.ts';
import type { LedgerReading, OnLedgerRows } from './read-ledger.ts';
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
 * @param readLedgerFile asked once the statement is not refused; it may have begun before
 * @throws UnreadableFile
 */
export async function matchFiles(
  statement: RowSource,
  readLedgerFile: (onRows: OnLedgerRows) => Promise<LedgerReading>,
  operator: Operator,
  bounds: PeriodBounds,
  onProgress: Progress = () => undefined,
): Promise<FilesOutcome> {
  const reading = await readStatement(statement, operator, (rows) => onProgress('statement', rows, statement.fractionRead?.()));
  const refusal = refusalOf(reading, operator.badRows);
  if (refusal !== undefined || reading.kind !== 'rows') return { kind: 'refused', refusal: refusal ?? { kind: 'bad-rows', rows: [] } };
  const period = periodOf(bounds, operator.timeZone, timeSpan(reading.rows));
  // A large ledger is still being read by another thread: this one has nothing else to do.
  reading.rows.sortedReferences();
  const { headerFound, count, rejected, candidates } = await readLedgerFile((rows, fraction) => onProgress('ledger', rows, fraction));
  if (!headerFound) return { kind: 'ledger-headers-missing' };
  const reconciliation = reconcile(reading.rows, candidates, period ?? NO_PERIOD, operator.marginMinutes);
  return { kind: 'reconciled', reading, period, reconciliation, ledger: { count, rejected, foreign: reconciliation.foreign } };
}
