import { PassThrough } from 'node:stream';
import type { RemoteCommand } from '../../../lib/cli/remote/remote-command.ts';
import { runRemote } from '../../../lib/cli/remote/run-remote.ts';

/** What a call at a pretended terminal came to. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Sitting {
  readonly environment?: Readonly<Record<string, string>>;
  /** What is typed, each once the command shows what comes before it; with it somebody sits at a terminal. */
  readonly typed?: readonly (readonly [question: string, answer: string])[];
  /** What stands on the input where nobody sits there. */
  readonly input?: string;
  readonly interrupted?: AbortSignal;
}

/** Runs a command, and collects what it writes. */
export async function atTerminal(command: RemoteCommand, words: readonly string[], sitting: Sitting = {}): Promise<Ended> {
  const { environment = {}, typed, input: piped, interrupted = new AbortController().signal } = sitting;
  const input = Object.assign(new PassThrough(), { isTTY: typed !== undefined, setRawMode: () => undefined });
  const waiting = [...(typed ?? [])];
  const output = collecting();
  const error = collecting((written) => {
    const [next] = waiting;
    if (next === undefined || !written.includes(next[0])) return;
    waiting.shift();
    setImmediate(() => input.write(next[1]));
  });
  if (typed === undefined) input.end(piped ?? '');
  const code = await runRemote(command, words, { input, output, error: Object.assign(error, { isTTY: typed !== undefined }), environment, interrupted });
  return { code, out: output.text(), err: error.text() };
}

function collecting(onText: (written: string) => void = () => undefined) {
  const pieces: string[] = [];
  const stream = new PassThrough();
  stream.on('data', (piece) => {
    pieces.push(String(piece));
    onText(String(piece));
  });
  return Object.assign(stream, { text: () => pieces.join('') });
}
