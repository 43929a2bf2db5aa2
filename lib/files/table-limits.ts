import { UnreadableFile } from './unreadable-file.ts';

/** The limits of spreadsheet programs, kept for every format. */
export const MOST_ROWS = 1_048_576;
export const MOST_COLUMNS = 16_384;
/** A year of one sheet a day, twice and more. */
const MOST_SHEETS = 1_000;

/** A real table has some empty places for each cell; a file made to do harm has thousands. */
const FREE_GAPS = 4_000_000;
const GAPS_PER_CELL = 64;

/** @throws UnreadableFile `too-large` where a table of `gaps` empty places holds only `cells` */
export function refuseSparse(gaps: number, cells: number): void {
  if (gaps > FREE_GAPS + cells * GAPS_PER_CELL) throw new UnreadableFile('too-large', 'almost all of the table is empty');
}

/** @throws UnreadableFile `too-large` */
export function refuseManySheets(sheets: number): void {
  if (sheets > MOST_SHEETS) throw new UnreadableFile('too-large', `more than ${MOST_SHEETS} sheets`);
}

/** @throws UnreadableFile `too-large` */
export function refuseWide(columns: number): void {
  if (columns > MOST_COLUMNS) throw new UnreadableFile('too-large', `more than ${MOST_COLUMNS} columns`);
}
