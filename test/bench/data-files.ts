import { access, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { zoneConverter } from '../../lib/core/local-time.ts';
import { generateDay } from '../../lib/local/sample/generated-day.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { plainLedgerLines, plainStatementLines, plainStatementRows, writeLines } from '../fixtures/plain-files.ts';
import { writeXlsx, type XlsxOptions } from '../fixtures/xlsx-file.ts';

export const OPERATOR_CODE = 'OMCI';
const SEED = 7;

/** Files that the benchmarks read: made once in a folder, the same on every machine. */
export interface DataFiles {
  /** The day's bounds, as the command line takes them. */
  readonly bounds: { readonly start: string; readonly end: string };
  statementCsv(rows: number): Promise<string>;
  /** The ledger of the same day: some 1.2 rows for each statement row. */
  ledgerCsv(rows: number): Promise<string>;
  statementXlsx(rows: number, texts: NonNullable<XlsxOptions['texts']>): Promise<string>;
}

export function dataFiles(folder: string): DataFiles {
  const day = (rows: number) => generateDay(operatorNamed(OPERATOR_CODE), { rows, seed: SEED });
  const made = async (name: string, write: (path: string) => Promise<void>) => {
    const path = join(folder, name);
    if (await exists(path)) return path;
    process.stderr.write(`making ${name}\n`);
    await mkdir(folder, { recursive: true });
    await write(`${path}.part`);
    await rename(`${path}.part`, path);
    return path;
  };
  const { dateDebut, dateFin } = day(1);
  const toUtc = zoneConverter(operatorNamed(OPERATOR_CODE).timeZone);
  return {
    bounds: { start: dateDebut, end: dateFin },
    statementCsv: (rows) => made(`statement-${rows}.csv`, (path) => writeLines(path, plainStatementLines(day(rows)))),
    ledgerCsv: (rows) => made(`ledger-${rows}.csv`, (path) => writeLines(path, plainLedgerLines(day(rows), toUtc))),
    statementXlsx: (rows, texts) => made(`statement-${rows}-${texts}.xlsx`, (path) => writeXlsx(path, plainStatementRows(day(rows)), { texts })),
  };
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
