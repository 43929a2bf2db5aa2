import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Uses a file that is gone afterwards: S3 wants to know beforehand how long an object is. */
export async function withTemporaryFile<Result>(use: (path: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'objet-'));
  try {
    return await use(join(directory, 'contenu'));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
