import type { Cell, Row, RowSource } from '../core/rows.ts';
import { batchesOf } from './row-batches.ts';
import { refuseManySheets, refuseSparse } from './table-limits.ts';
import { UnreadableFile } from './unreadable-file.ts';
import { withWholeCodeUnits } from './whole-code-units.ts';
import { withinTime } from './within-time.ts';

/** These formats are read whole: 60,000 rows of xls already take 366 MB. */
export const LARGEST_OLD_WORKBOOK_BYTES = 30_000_000;

/**
 * Rows of an xls, xlsb or ods workbook: of the first visible sheet that has any cell, and of each sheet.
 * The caller has found one of these formats in the bytes, so nothing is guessed here.
 * @param patience milliseconds for the library
 * @throws UnreadableFile
 */
export async function oldWorkbookRows(bytes: Uint8Array, patience = patienceFor(bytes.length)): Promise<RowSource> {
  // Loaded only when needed: most files are read without it and a cold start should not pay for it.
  const { read } = await import('xlsx');
  const options = { type: 'array', dense: true, raw: true, nodim: true, cellDates: false, cellFormula: false, cellHTML: false, cellText: false, cellNF: false } as const;
  const workbook = guarded(patience, () => read(bytes, options));
  const hidden = (index: number) => (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) > 0;
  const names = workbook.SheetNames;
  if (names.length === 0) throw new UnreadableFile('no-sheet');
  refuseManySheets(names.length);
  const visible = names.filter((_, index) => !hidden(index));
  const sheets = (visible.length > 0 ? visible : names).map((name) => ({ name, rows: denseRows(workbook.Sheets[name]?.['!data'] ?? []) }));
  const first = sheets.find(({ rows }) => rows.length > 0);
  if (first === undefined) throw new UnreadableFile('empty', 'no sheet of the workbook has cells');
  return {
    epoch: workbook.Workbook?.WBProps?.date1904 === true ? 1904 : 1900,
    typed: true,
    batches: batchesOf(first.rows),
    sheets: sheets.map(({ name, rows }) => ({ name, batches: batchesOf(rows) })),
  };
}

interface DenseCell {
  readonly t?: string;
  readonly v?: unknown;
  readonly w?: string;
}

function denseRows(data: readonly (readonly (DenseCell | undefined)[] | undefined)[]): readonly Row[] {
  const rows: Row[] = [];
  let places = 0;
  let filled = 0;
  for (const cells of data) {
    if (cells === undefined) continue;
    places += cells.length;
    // Counted without visiting the holes: there may be thousands of them for a cell.
    filled += Object.keys(cells).length;
    refuseSparse(places - filled, filled);
    const row = Array.from(cells, cellOf);
    if (row.some((cell) => cell !== null)) rows.push(row);
  }
  return rows;
}

const ERRORS = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
]);

function cellOf(cell: DenseCell | undefined): Cell {
  const value = cell?.v;
  if (typeof value === 'number' && !Number.isFinite(value)) return '#NUM!';
  if (cell?.t === 'e') return typeof value === 'number' ? (ERRORS.get(value) ?? '#N/A') : '#N/A';
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** A sound file takes some tenths of a second a megabyte. A damaged one may say that four thousand million pieces follow, and is read until memory ends. */
const FIRST_MS = 4_000;
const MORE_MS_A_MEGABYTE = 1_000;

function patienceFor(size: number): number {
  return FIRST_MS + (size / 1_000_000) * MORE_MS_A_MEGABYTE;
}

function guarded<T>(patience: number, read: () => T): T {
  try {
    // In this order: work that is ended for its time does not put back what it has changed.
    const found = withWholeCodeUnits(() => withinTime(patience, read));
    if (found === undefined) throw new UnreadableFile('corrupt', 'the workbook was not read within its time');
    return found.result;
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new UnreadableFile(/password|encrypt/iu.test(message) ? 'encrypted' : 'corrupt', message);
  }
}
