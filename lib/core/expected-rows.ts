/** Beyond so many rows, room is made as they come: what a first piece of a file promises is not to be believed without end. */
const MOST_ROWS = 12_000_000;
/** Later rows may be a little shorter. */
const SPARE = 1.05;

/** How many rows a file will about hold, from a first part of it. @param fraction share of the file that was read, 0–1 */
export function expectedRows(rows: number, fraction: number): number {
  return Math.min(MOST_ROWS, Math.ceil((SPARE * rows) / Math.max(fraction, Number.EPSILON)));
}
