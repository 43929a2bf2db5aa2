import { repairedCell } from './mojibake.ts';
import { headerKey } from './reference.ts';
import { remembering } from './remembering.ts';
import type { Cell } from './rows.ts';

/** Words of a profile, compared like headers: without case, accents and blanks around, and as they were before a wrong program spoilt them. */
export interface WordSet {
  has(cell: Cell | undefined): boolean;
}

export function wordSet(words: readonly string[]): WordSet {
  const keys = new Set(words.map(wordKey));
  return { has: remembering((cell) => keys.has(wordKey(cell))) };
}

/** A word as it is compared. */
export function wordKey(cell: Cell | undefined): string {
  return headerKey(repairedCell(cell));
}
