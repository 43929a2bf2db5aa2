import { stat } from 'node:fs/promises';
import type { RowSource } from '../core/rows.ts';
import { LARGEST_STATEMENT_BYTES } from '../core/statement-limits.ts';
import { openRows } from '../files/open-rows.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';

/**
 * Opens a statement on this machine's disk.
 * @throws UnreadableFile `statement-too-large` where it is larger than what the engine takes
 */
export async function openStatement(path: string): Promise<RowSource> {
  const { size } = await stat(path);
  if (size > LARGEST_STATEMENT_BYTES) throw new UnreadableFile('statement-too-large', `${size} bytes`);
  return openRows({ kind: 'path', path });
}
