import { access } from 'node:fs/promises';
import { UsageError } from './command-line.ts';

/** @throws UsageError where the file that an option names cannot be read */
export async function checkFile(option: string, path: string): Promise<void> {
  try {
    await access(path);
  } catch {
    throw new UsageError(`${option} : le fichier ${path} n'existe pas ou ne peut pas être lu.`);
  }
}
