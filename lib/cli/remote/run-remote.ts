import { UsageError } from '../command-line.ts';
import { EXIT, type RemoteCommand } from './remote-command.ts';
import { RemoteError } from './remote-error.ts';
import { say, sayJson, type Terminal } from './terminal.ts';

/** Runs a command from this process's own terminal. @returns the exit code */
export async function runHere(command: RemoteCommand, words: readonly string[]): Promise<number> {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once('SIGINT', interrupt);
  // A write that fails tells so itself; without somebody who listens the event would end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  try {
    return await runRemote(command, words, { input: process.stdin, output: process.stdout, error: process.stderr, environment: process.env, interrupted: interrupted.signal });
  } finally {
    process.removeListener('SIGINT', interrupt);
  }
}

/** Runs a command, and tells what kept it from its end: to people on the error stream, to programs as JSON on the output, as `match` does. */
export async function runRemote(command: RemoteCommand, words: readonly string[], terminal: Terminal): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) {
    await say(terminal.output, `Usage : npm run reconcile --\n${command.usage}`);
    return EXIT.done;
  }
  try {
    return await command.run(words, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      await say(terminal.error, `${error.message}\n\nUsage : npm run reconcile --\n${command.usage}`);
      return EXIT.usage;
    }
    if (error instanceof RemoteError) {
      await (words.includes('--json') ? sayJson(terminal.output, error.json) : say(terminal.error, error.message));
      return error.exitCode;
    }
    // Whoever reads only the first lines, `| head`, has what they wanted.
    if (isBrokenPipe(error)) return EXIT.done;
    throw error;
  }
}

function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}
