const CANDIDATES = [';', ',', '\t', '|'] as const;

export type Delimiter = (typeof CANDIDATES)[number];

const ROWS_LOOKED_AT = 200;

/** The delimiter that splits the first rows of a text most evenly. Delimiters inside of quotes do not count. */
export function delimiterOf(text: string): Delimiter {
  const hint = CANDIDATES.find((candidate) => text.startsWith(`sep=${candidate}`));
  if (hint !== undefined) return hint;
  const rows = unquoted(text)
    .split(/[\r\n]+/u)
    .filter((row) => row !== '')
    .slice(0, ROWS_LOOKED_AT);
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const candidate of CANDIDATES) {
    const score = evenness(rows.map((row) => row.split(candidate).length - 1));
    if (score > bestScore) [best, bestScore] = [candidate, score];
  }
  return best;
}

/** Rows that share the most usual count, times that count: wide and even tables win over a comma in each amount. */
function evenness(counts: readonly number[]): number {
  const totals = new Map<number, number>();
  for (const count of counts) totals.set(count, (totals.get(count) ?? 0) + count);
  return Math.max(0, ...totals.values());
}

/** A text without what is in quotes. A quote opens only where a cell can start, whatever the delimiter turns out to be. */
function unquoted(text: string): string {
  return text.replace(/(^|[;,\t|\r\n])"(?:[^"]|"")*(?:"|$)/gu, '$1');
}
