import { repairedRow } from '../core/mojibake.ts';
import { isBlank } from '../core/reference.ts';
import type { Cell, Row } from '../core/rows.ts';
import { wordKey } from '../core/words.ts';
import { type FoundColumn, type FoundHeader, findHeader } from './profile-header.ts';

/** What a column holds, as far as a look at some of its cells tells. */
export interface SurveyedColumn extends FoundColumn {
  /** Cells that are not empty. */
  readonly filled: number;
  /** Cells from the beginning and from all over the table. */
  readonly sample: readonly Cell[];
  /** How often each text occurs, up to a number of different texts. */
  readonly counts: ReadonlyMap<string, number>;
}

/** What one table of a file holds. */
export interface TableSurvey {
  /** Rows that are not empty, header and preamble included. */
  readonly rows: number;
  readonly header: FoundHeader | undefined;
  readonly columns: readonly SurveyedColumn[];
}

const HEADER_ROWS = 200;
const SAMPLE_START = 1_000;
const SAMPLE_STEP = 101;
const LARGEST_SAMPLE = 4_000;
const MOST_COUNTED = 1_000;
const LEAST_FILLED = 3;
/** The widest real export has 54. */
const MOST_COLUMNS = 300;

/** Looks at a table row by row; its memory does not grow with the rows. */
export class Survey {
  #first: Row[] = [];
  #header: FoundHeader | undefined;
  #columns: { readonly found: FoundColumn; filled: number; readonly sample: Cell[]; readonly counts: Map<string, number> }[] | undefined;
  #headerKeys: readonly (readonly string[])[] = [];
  #rows = 0;
  #data = 0;

  read(batch: readonly Row[]): void {
    for (const row of batch) {
      if (row.every(isBlank)) continue;
      this.#rows += 1;
      if (this.#columns !== undefined) this.#look(row);
      else if (this.#first.push(row) === HEADER_ROWS) this.#begin();
    }
  }

  end(): TableSurvey {
    if (this.#columns === undefined) this.#begin();
    const columns = (this.#columns ?? []).map(({ found, filled, sample, counts }) => ({ ...found, filled, sample, counts }));
    return { rows: this.#rows, header: this.#header, columns };
  }

  #begin(): void {
    this.#header = findHeader(this.#first);
    this.#columns = (this.#header?.columns ?? []).slice(0, MOST_COLUMNS).map((found) => ({ found, filled: 0, sample: [], counts: new Map() }));
    const under = this.#header === undefined ? this.#first.length : this.#header.row + this.#header.rows;
    this.#headerKeys = this.#header === undefined ? [] : this.#first.slice(this.#header.row, under).map((row) => Array.from(row, wordKey));
    for (const row of this.#first.slice(under)) this.#look(row);
    this.#first = [];
  }

  #isHeaderAgain(row: Row): boolean {
    return this.#headerKeys.some((keys) => keys.every((key, index) => wordKey(row[index]) === key));
  }

  #look(given: Row): void {
    const row = repairedRow(given) ?? given;
    if (row.filter((cell) => !isBlank(cell)).length < LEAST_FILLED || this.#isHeaderAgain(row)) return;
    this.#data += 1;
    const sampled = this.#data <= SAMPLE_START || this.#data % SAMPLE_STEP === 0;
    for (const column of this.#columns ?? []) {
      const cell = row[column.found.index] ?? null;
      if (isBlank(cell)) continue;
      column.filled += 1;
      if (sampled && column.sample.length < LARGEST_SAMPLE) column.sample.push(cell);
      const text = String(cell).trim();
      const count = column.counts.get(text);
      if (count !== undefined || column.counts.size < MOST_COUNTED) column.counts.set(text, (count ?? 0) + 1);
    }
  }
}
