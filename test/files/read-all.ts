import type { Row } from '../../lib/core/rows.ts';
import { openRows } from '../../lib/files/open-rows.ts';
import { UnreadableFile, type UnreadableReason } from '../../lib/files/unreadable-file.ts';

/** All rows of a file in memory. */
export async function rowsOf(file: Uint8Array | string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const { batches } = await openRows({ kind: 'bytes', bytes: typeof file === 'string' ? Buffer.from(file) : file });
  for await (const batch of batches) rows.push(...batch);
  return rows;
}

/** Why a file cannot be read; `'read'` where it can. */
export async function reasonOf(file: Uint8Array | string): Promise<UnreadableReason | 'read'> {
  try {
    await rowsOf(file);
    return 'read';
  } catch (error) {
    if (error instanceof UnreadableFile) return error.reason;
    throw error;
  }
}
