import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import type { BenchCase } from './case.ts';
import { csvRows } from './cases/csv-rows.ts';
import { equalPayments } from './cases/equal-payments.ts';
import { matchFiles } from './cases/match-files.ts';
import { matcher } from './cases/matcher.ts';
import { xlsxRows } from './cases/xlsx-rows.ts';
import { dataFiles } from './data-files.ts';
import { benchOptions } from './options.ts';
import { pageWith } from './page.ts';
import { markdown } from './report.ts';
import { runSmoke } from './smoke.ts';

const CASES: readonly BenchCase[] = [matchFiles, equalPayments, csvRows, xlsxRows, matcher];
const PAGE = new URL('../../docs/benchmarks.md', import.meta.url);

const options = benchOptions(process.argv.slice(2));
if (options.smoke) await runSmoke();
else await runAll();

async function runAll(): Promise<void> {
  await mkdir(options.folder, { recursive: true });
  const context = { files: dataFiles(options.folder), folder: options.folder, runs: options.runs, sizes: options.sizes };
  const sections = new Map<string, string>();
  for (const benchCase of CASES) {
    if (options.only.length > 0 && !options.only.includes(benchCase.name)) continue;
    const found = markdown(await benchCase.run(context));
    console.log(found);
    sections.set(benchCase.name, `${machine()}\n\n${found}`);
    // One after the other: what was measured is not lost where a later case fails.
    if (options.write) await writePage(sections);
  }
}

function machine(): string {
  const model = cpus()[0]?.model ?? 'unknown';
  return `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${model}), Node ${process.versions.node}, ${options.runs === 1 ? 'one run' : `medians of ${options.runs}`}:`;
}

async function writePage(sections: ReadonlyMap<string, string>): Promise<void> {
  await writeFile(
    PAGE,
    pageWith(
      await readFile(PAGE, 'utf8'),
      sections,
      CASES.map(({ name }) => name),
    ),
  );
}
