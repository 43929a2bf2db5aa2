import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** What bundles were made of. */
const stamp = z.object({
  /** Sources, relative to the project. */
  inputs: z.array(z.string()),
  /** Bundles and their sizes in bytes. */
  outputs: z.record(z.string(), z.int()),
  /** Of the settings and of every source. */
  digest: z.string(),
});

export interface StampOptions {
  readonly root: string;
  readonly outputDirectory: string;
  /** Whatever else the bundles depend on. */
  readonly settings: object;
}

/** Which versions of packages there are, where one is found that was not there before. */
const LOCK = 'package-lock.json';

/** Whether the bundles stand as they were made, and everything that they were made of is as it was. */
export function isStamped(options: StampOptions): boolean {
  const path = stampPath(options);
  if (!existsSync(path)) return false;
  const found = stamp.safeParse(jsonOf(readFileSync(path, 'utf8'))).data;
  if (found === undefined) return false;
  const stands = ([output, bytes]: readonly [string, number]) => statSync(output, { throwIfNoEntry: false })?.size === bytes;
  return Object.entries(found.outputs).every(stands) && digestOf(options, found.inputs) === found.digest;
}

/** Says that the bundles are about to be made. */
export function removeStamp(options: StampOptions): void {
  rmSync(stampPath(options), { force: true });
}

/**
 * Says that the bundles were made.
 * @param since when their making began, in milliseconds: of sources that have changed meanwhile nobody knows which were read
 */
export function writeStamp(options: StampOptions, inputs: readonly string[], outputs: readonly string[], since: number): void {
  if (inputs.some((input) => changedAt(join(options.root, input)) >= since)) return;
  const sizes = Object.fromEntries(outputs.map((output) => [output, statSync(output).size]));
  const path = stampPath(options);
  const partial = `${path}.${process.pid}`;
  writeFileSync(partial, JSON.stringify({ inputs, outputs: sizes, digest: digestOf(options, inputs) }));
  renameSync(partial, path);
}

function stampPath({ outputDirectory }: StampOptions): string {
  return `${outputDirectory}.stamp.json`;
}

/** In milliseconds; of what is not there, never past. */
function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
}

function digestOf({ root, settings }: StampOptions, inputs: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const input of [LOCK, ...inputs]) {
    const path = join(root, input);
    hash.update(`\n${input}\n`).update(existsSync(path) ? readFileSync(path) : '-');
  }
  return hash.digest('hex');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
