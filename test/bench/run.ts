import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import type { BenchCase, BenchResult } from './case.ts';
import { csvRows } from './cases/csv-rows.ts';
import { equalPayments } from './cases/equal-payments.ts';
import { matchFiles } from './cases/match-files.ts';
import { matcher } from './cases/matcher.ts';
import { xlsxRows } from './cases/xlsx-rows.ts';
import { dataFiles } from './data-files.ts';
import { benchOptions } from './options.ts';
import { markdown } from './report.ts';
import { runSmoke } from './smoke.ts';

const CASES: readonly BenchCase[] = [matchFiles, equalPayments, csvRows, xlsxRows, matcher];
const PAGE = new URL('../../docs/benchmarks.md', import.meta.url);
/** What stands between these lines is written by `--write`. */
const [BEGIN, END] = ['<!-- figures -->', '<!-- end of figures -->'];

const options = benchOptions(process.argv.slice(2));
if (options.smoke) await runSmoke();
else await runAll();

async function runAll(): Promise<void> {
  await mkdir(options.folder, { recursive: true });
  const context = { files: dataFiles(options.folder), folder: options.folder, runs: options.runs, sizes: options.sizes };
  const results: BenchResult[] = [];
  for (const benchCase of CASES) {
    if (options.only.length > 0 && !options.only.includes(benchCase.name)) continue;
    const found = await benchCase.run(context);
    console.log(markdown(found));
    results.push(...found);
  }
  if (options.write) await writePage(results);
}

async function writePage(results: readonly BenchResult[]): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const machine = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}, medians of ${options.runs}.`;
  const before = page.slice(0, page.indexOf(BEGIN) + BEGIN.length);
  await writeFile(PAGE, `${before}\n${machine}\n\n${markdown(results)}\n${page.slice(page.indexOf(END))}`);
}
