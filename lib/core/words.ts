import { withoutMojibake } from './mojibake.ts';
import { headerKey } from './reference.ts';
import type { Cell } from './rows.ts';

/** Words of a profile, compared like headers: without case, accents and blanks around, and as they were before a wrong program spoilt them. */
export interface WordSet {
  has(cell: Cell | undefined): boolean;
}

const MOST_REMEMBERED = 1_000;

/** A million rows say few different words: each is taken apart once. */
export function wordSet(words: readonly string[]): WordSet {
  const keys = new Set(words.map(wordKey));
  const known = new Map<Cell | undefined, boolean>();
  return {
    has(cell) {
      const remembered = known.get(cell);
      if (remembered !== undefined) return remembered;
      const found = keys.has(wordKey(cell));
      if (known.size < MOST_REMEMBERED) known.set(cell, found);
      return found;
    },
  };
}

/** A word as it is compared. */
export function wordKey(cell: Cell | undefined): string {
  return headerKey(typeof cell === 'string' ? withoutMojibake(cell) : cell);
}
