import type { Readable, Writable } from 'node:stream';

/** Where a command is called from: what it reads, where it writes, and whether its caller has had enough. */
export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable;
  readonly error: Writable & { readonly isTTY?: boolean };
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Ctrl-C. */
  readonly interrupted: AbortSignal;
}

/** What a statement or another person wrote must not steer the terminal: control characters are shown as a dot. */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '·');
}

/** Writes a line for people. */
export async function say(stream: Writable, text: string): Promise<void> {
  await write(stream, `${printable(text)}\n`);
}

/** Writes one JSON value on a line of its own; JSON escapes control characters itself. */
export async function sayJson(stream: Writable, value: unknown): Promise<void> {
  await write(stream, `${JSON.stringify(value)}\n`);
}

/** Waits until the text is taken: a million lines do not pile up before a slow reader. */
function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
