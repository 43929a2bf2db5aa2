import { bar } from '../progress-line.ts';
import type { Terminal } from './terminal.ts';

const ERASE_LINE = '\r\u001b[2K';

/** A line that is drawn again and again while something goes on. */
export interface RemoteProgress {
  /** @param fraction 0–1 */
  draw(label: string, fraction: number, rest: string): void;
  clear(): void;
}

/** On a terminal only: nothing odd lands in a file, or before JSON. */
export function remoteProgress({ error }: Pick<Terminal, 'error'>, quiet: boolean): RemoteProgress {
  if (quiet || error.isTTY !== true) return { draw: () => undefined, clear: () => undefined };
  return {
    draw: (label, fraction, rest) => error.write(`${ERASE_LINE}${label.padEnd(15)}${bar(fraction)} ${rest}`),
    clear: () => error.write(ERASE_LINE),
  };
}
