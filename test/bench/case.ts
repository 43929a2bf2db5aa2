import type { DataFiles } from './data-files.ts';
import type { Usage } from './measure.ts';

/** What a case needs to run. */
export interface BenchContext {
  readonly files: DataFiles;
  /** Where programs may leave their reports. */
  readonly folder: string;
  readonly runs: number;
  /** Statement rows, smallest first. */
  readonly sizes: readonly number[];
}

/** One measured program. */
export interface BenchRow {
  readonly program: string;
  readonly usage: Omit<Usage, 'output'>;
  /** What was found beside the figures. */
  readonly remark?: string;
}

/** A figure held against its goal. */
export interface Verdict {
  readonly goal: string;
  readonly found: string;
  readonly reached: boolean;
}

export interface BenchResult {
  readonly title: string;
  readonly rows: readonly BenchRow[];
  readonly verdicts: readonly Verdict[];
  /** What follows from the figures. */
  readonly notes?: readonly string[];
}

/** A line of the benchmark: what is measured, and what it must reach. */
export interface BenchCase {
  /** By which it is asked for on the command line. */
  readonly name: string;
  run(context: BenchContext): Promise<readonly BenchResult[]>;
}

/** A figure that must not exceed a limit. */
export function atMost(what: string, found: number, limit: number, unit: '×' | 'MB'): Verdict {
  const shown = unit === '×' ? found.toFixed(2) : Math.round(found).toString();
  return { goal: `${what} ≤ ${limit} ${unit}`, found: `${shown} ${unit}`, reached: found <= limit };
}

/** A size as tables show it. */
export function shownRows(rows: number): string {
  return rows.toLocaleString('en-US');
}
