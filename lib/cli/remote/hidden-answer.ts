import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { interruption } from './remote-call.ts';
import type { Terminal } from './terminal.ts';

/** Asks for a secret without showing it; where nobody sits at a terminal, the first line of the input is the answer. */
export function hiddenAnswer(question: string, { input, error, interrupted }: Terminal): Promise<string> {
  return input.isTTY === true ? askedFor(question, input, error, mute(), interrupted) : firstLine(input);
}

/** Asks something that may be seen. */
export function openAnswer(question: string, { input, error, interrupted }: Terminal): Promise<string> {
  return askedFor(question, input, error, error, interrupted);
}

function askedFor(question: string, input: Terminal['input'], error: Writable, echo: Writable, interrupted: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = createInterface({ input, output: echo, terminal: input.isTTY === true, prompt: question });
    if (echo === error) asked.prompt();
    else error.write(question);
    asked.once('line', (line) => {
      resolve(line);
      asked.close();
    });
    // Ctrl-C, Ctrl-D, or the end of the input: an answer that was given before stands.
    asked.once('SIGINT', () => asked.close());
    asked.once('close', () => {
      if (echo !== error) error.write('\n');
      reject(interruption('Interrompu.'));
    });
    interrupted.addEventListener('abort', () => asked.close(), { once: true });
  });
}

/** The terminal shows nothing of what is typed: readline echoes into this. */
function mute(): Writable {
  return new Writable({ write: (_piece, _encoding, done) => done() });
}

async function firstLine(input: Terminal['input']): Promise<string> {
  for await (const line of createInterface({ input })) return line;
  return '';
}
