import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Makes the folder and claims it for this process. The claim ends with the process too, however that ends.
 * @returns what gives it up
 * @throws Error if a local cloud runs on it
 */
export function claimFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new Error(`${folder} is in use by another local cloud`);
  }
  return () => lock.close();
}
