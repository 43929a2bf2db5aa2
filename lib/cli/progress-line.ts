import type { WriteStream } from 'node:tty';
import type { Progress } from '../use-cases/match-files.ts';

const LABELS = { statement: 'Relevé', ledger: 'Grand livre' } as const;
const WIDTH = 24;
const REDRAW_MS = 100;
const ERASE_LINE = '\r\u001b[2K';

/** A progress bar on a terminal's error stream; nothing where it is not a terminal, so that nothing odd lands in a file. */
export function progressLine(stream: WriteStream | (NodeJS.WritableStream & { readonly isTTY?: false })): { readonly onProgress: Progress; readonly clear: () => void } {
  if (stream.isTTY !== true) return { onProgress: () => undefined, clear: () => undefined };
  let drawn = 0;
  return {
    onProgress(step, rows, fraction) {
      const time = Date.now();
      if (time - drawn < REDRAW_MS) return;
      drawn = time;
      stream.write(`${ERASE_LINE}${LABELS[step].padEnd(12)}${bar(fraction)} ${rows.toLocaleString('fr-FR')} lignes`);
    },
    clear: () => stream.write(ERASE_LINE),
  };
}

/** A share as a bar with its percentage; `''` where it cannot be told. */
export function bar(fraction: number | undefined): string {
  if (fraction === undefined) return '';
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * WIDTH);
  return `[${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}] ${String(Math.round(fraction * 100)).padStart(3)} %`;
}
