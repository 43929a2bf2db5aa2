const CANDIDATES = [';', ',', '\t', '|'] as const;

export type Delimiter = (typeof CANDIDATES)[number];

const ROWS_LOOKED_AT = 200;
const QUOTE = '"';

/** The delimiter that splits the first rows of a text most evenly. Delimiters inside of quotes do not count. */
export function delimiterOf(text: string): Delimiter {
  const hint = CANDIDATES.find((candidate) => text.startsWith(`sep=${candidate}`));
  if (hint !== undefined) return hint;
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const candidate of CANDIDATES) {
    const score = evenness(delimitersPerRow(text, candidate));
    if (score > bestScore) [best, bestScore] = [candidate, score];
  }
  return best;
}

/** Rows that share the most usual count, times that count: wide and even tables win over a comma in each amount. */
function evenness(counts: readonly number[]): number {
  const rows = new Map<number, number>();
  for (const count of counts) rows.set(count, (rows.get(count) ?? 0) + count);
  return Math.max(0, ...rows.values());
}

function delimitersPerRow(text: string, delimiter: Delimiter): readonly number[] {
  const counts: number[] = [];
  let count = 0;
  let quoted = false;
  let cellStart = true;
  for (const character of text) {
    if (character === QUOTE && (quoted || cellStart)) quoted = !quoted;
    else if (quoted) continue;
    else if (character === delimiter) count++;
    else if (character === '\n' || character === '\r') {
      counts.push(count);
      count = 0;
      if (counts.length === ROWS_LOOKED_AT) return counts;
    }
    cellStart = character === delimiter || character === '\n' || character === '\r';
  }
  // The text may be cut here, but it may also be the only row.
  return counts.length === 0 ? [count] : counts;
}
