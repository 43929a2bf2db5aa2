import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod';

/** What one run of a program in a process of its own used. Wall time is from the start of the process to its end. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakMegabytes: number;
  /** What it wrote to its output. */
  readonly output: string;
}

/** A program to measure: a module of this repository and its arguments. */
export interface Program {
  readonly name: string;
  /** Path from the root of the repository. */
  readonly module: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const ROOT = join(import.meta.dirname, '../../');
const REPORTER = new URL('report-usage.ts', import.meta.url).href;
const usageFile = z.object({ cpuSeconds: z.number(), peakMegabytes: z.number() });

/** @throws Error where the program does not end well */
export async function measure({ module, args, env = {} }: Program, folder: string): Promise<Usage> {
  const file = join(folder, `usage-${process.pid}.json`);
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', REPORTER, join(ROOT, module), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env, BENCH_USAGE_FILE: file },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const wallSeconds = (performance.now() - start) / 1_000;
  if (code !== 0) throw new Error(`${module} ${args.join(' ')} ended with ${code}: ${errors}`);
  const usage = usageFile.parse(JSON.parse(await readFile(file, 'utf8')));
  await rm(file);
  return { ...usage, wallSeconds, output };
}

/** Medians of several runs. The programs take turns, so that a busy minute of the machine is shared. */
export async function measureInTurns(programs: readonly Program[], runs: number, folder: string): Promise<ReadonlyMap<string, Usage>> {
  const usages = new Map<string, Usage[]>(programs.map(({ name }) => [name, []]));
  for (let run = 0; run < runs; run++) {
    for (const program of programs) {
      const usage = await measure(program, folder);
      usages.get(program.name)?.push(usage);
      process.stderr.write(`${program.name}: ${usage.cpuSeconds.toFixed(2)} s CPU, ${usage.wallSeconds.toFixed(2)} s, ${Math.round(usage.peakMegabytes)} MB\n`);
    }
  }
  return new Map(Array.from(usages, ([name, all]) => [name, medians(all)]));
}

function medians(usages: readonly Usage[]): Usage {
  const median = (value: (usage: Usage) => number) => usages.map(value).sort((one, other) => one - other)[Math.floor(usages.length / 2)] ?? Number.NaN;
  return {
    cpuSeconds: median(({ cpuSeconds }) => cpuSeconds),
    wallSeconds: median(({ wallSeconds }) => wallSeconds),
    peakMegabytes: median(({ peakMegabytes }) => peakMegabytes),
    output: usages.at(-1)?.output ?? '',
  };
}
