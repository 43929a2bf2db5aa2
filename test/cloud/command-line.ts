import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const PROGRAM = join(import.meta.dirname, '../../bin/reconcile.ts');

/** What a call of the command line came to. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Call {
  /** Where the person's configuration lies. */
  readonly home: string;
  readonly cwd?: string;
  /** What stands on the input. */
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs `npm run reconcile --` with these words, in a process of its own, not at a terminal. */
export async function reconcile(words: readonly string[], { home, cwd = home, input = '', environment = {} }: Call): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, ...words], { cwd, env: { PATH: process.env['PATH'] ?? '', HOME: home, ...environment } });
  child.stdin.end(input);
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), new Promise<number | null>((resolve) => child.once('close', resolve))]);
  return { code: code ?? -1, out, err };
}
