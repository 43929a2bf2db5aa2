import * as z from 'zod';
import type { RequestCount, RequestCounts } from './counted-requests.ts';
import { total } from './counted-requests.ts';
import type { DataFiles } from './data-files.ts';
import type { LocalTables } from './local-tables.ts';
import { measure, type Usage } from './measure.ts';

const counts = z.record(z.string(), z.object({ requests: z.number(), readUnits: z.number(), writeUnits: z.number() }));
const work = z.object({ requests: counts, resultBytes: z.number(), created: z.number().optional(), figures: z.record(z.string(), z.number()).optional() });

/** One function's work on a day, and what its process used. */
export interface FunctionRun {
  readonly usage: Usage;
  readonly requests: RequestCounts;
  readonly total: RequestCount;
  /** Compressed bytes that it wrote to S3. */
  readonly resultBytes: number;
  /** Of the matcher: the rows that each step moved in a second. */
  readonly figures: Readonly<Record<string, number>>;
}

/** A day of so many statement rows in the cloud's functions: its ledger imported, its statement matched, each in a process of its own. */
export interface CloudRun {
  readonly ledgerRows: number;
  readonly imported: FunctionRun;
  readonly matched: FunctionRun;
}

export async function cloudRun(tables: LocalTables, files: DataFiles, folder: string, rows: number): Promise<CloudRun> {
  const ledger = await tables.make(`ledger-${rows}`);
  const registry = await tables.make(`registry-${rows}`);
  const run = async (name: string, args: readonly string[]) => {
    const usage = await measure({ name, module: `test/bench/subjects/${name}.ts`, args, env: tables.env }, folder);
    const { requests, resultBytes, created = 0, figures = {} } = work.parse(JSON.parse(usage.output));
    return { usage, requests, total: total(requests), resultBytes, created, figures };
  };
  const imported = await run('import-ledger', [ledger, await files.ledgerCsv(rows)]);
  const { start, end } = files.bounds;
  const matched = await run('match-tache', [ledger, registry, await files.statementCsv(rows), start, end, folder]);
  return { ledgerRows: imported.created, imported, matched };
}
