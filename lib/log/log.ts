import { describedError } from './described-error.ts';
import { masked } from './masked.ts';
import { idsOfWork } from './work.ts';

/** What a line says beside its message: numbers, and words that we chose. Never what a caller sent. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

type Level = 'INFO' | 'WARN' | 'ERROR';

const RANKS: Readonly<Record<string, number>> = { INFO: 0, WARN: 1, ERROR: 2, FATAL: 3 };

/** Writes one line of JSON. What looks like a phone number or a token is masked wherever it got in; of an error only what is known to be ours is told. */
export function log(level: Level, message: string, fields: LogFields = {}, error?: unknown): void {
  if (rank(level) < rank(process.env['AWS_LAMBDA_LOG_LEVEL'])) return;
  const said = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? masked(value) : value]));
  const line = { timestamp: new Date().toISOString(), level, message, ...idsOfWork(), ...said, ...(error !== undefined && { error: describedError(error) }) };
  // Not by the console, which Lambda replaces: it would put this line, as a text, into one of its own.
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Lambda passes the level that is set for a function in its environment. */
function rank(level: string | undefined): number {
  return RANKS[level ?? ''] ?? 0;
}
