import { spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { figuresOf, figuresTable, reportsIn } from './figures.ts';

/*
 * The whole fault harness: `npm run test:faults`. Most of a fault's time is waiting, for a message to come again or for an answer that never comes: several clouds share
 * the flows among them. The table that it prints is the one of docs/reliability.md.
 */

const ROOT = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    clouds: { type: 'string', default: '4' },
    /** After so many minutes no more faults are begun. */
    minutes: { type: 'string', default: '240' },
    /** So many pairs of faults are tried beside the single ones. */
    pairs: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    /** One of so many faults is tried. */
    sample: { type: 'string', default: '1' },
    /** Goes on where the last run was cut off. */
    continue: { type: 'boolean', default: false },
    out: { type: 'string', default: join(ROOT, 'node_modules/.cache/faults') },
  },
});
const number = z.coerce.number().int().positive();
const { clouds, minutes, sample, pairs, seed } = z
  .object({ clouds: number, minutes: number, sample: number, pairs: z.coerce.number().int().nonnegative(), seed: number })
  .parse(values);
if (!values.continue) await rm(values.out, { recursive: true, force: true });
await mkdir(values.out, { recursive: true });

/** @returns whether every test of these files held */
function vitest(files: readonly string[], environment: Readonly<Record<string, string>>): Promise<boolean> {
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', '--project', 'faults', ...files];
  const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...environment }, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code === 0)));
}

const reports = Array.from({ length: clouds }, (_, index) => join(values.out, `${Date.now()}-${index}.jsonl`));
const held = await Promise.all([
  ...reports.map((report, index) =>
    vitest(['test/faults/single-faults.test.ts'], {
      FAULTS: `0/${sample}`,
      FAULTS_FLOWS: `${index}/${clouds}`,
      FAULTS_REPORT: report,
      FAULTS_TRIED: values.out,
      FAULTS_MINUTES: String(minutes),
      FAULTS_PAIRS: String(Math.ceil(pairs / clouds)),
      FAULTS_SEED: String(seed),
    }),
  ),
  vitest(['test/faults/dead-letters.test.ts', 'test/faults/races.test.ts'], { FAULTS: '0/1' }),
]);
const figures = await figuresOf(await reportsIn(values.out));
console.log(`${figuresTable(figures)}\n`);
console.log(`answers that the gateway lost: ${figures.lost.tried} tried, ${figures.lost.survived} survived\n`);
console.log(`pairs of faults: ${figures.pairs.tried} tried, ${figures.pairs.survived} survived\n`);
for (const failed of figures.failed) console.log(`not survived: ${failed}`);
process.exitCode = held.every(Boolean) ? 0 : 1;
