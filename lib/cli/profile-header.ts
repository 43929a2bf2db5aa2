import { withoutMojibake } from '../core/mojibake.ts';
import { cellText, isBlank } from '../core/reference.ts';
import type { Cell, Row } from '../core/rows.ts';
import { wordKey } from '../core/words.ts';
import { isKnownHeader } from './profile-words.ts';

/** Where a table seems to have its header, and how it can be called. */
export interface FoundHeader {
  /** 0-based number of its first row among the rows of the sheet. */
  readonly row: number;
  readonly rows: 1 | 2;
  readonly columns: readonly FoundColumn[];
}

export interface FoundColumn {
  /** 0-based place. */
  readonly index: number;
  /** How a layout names it: `group / header` where the header alone does not tell. */
  readonly name: string;
  /** Which one of the columns of that name, counted from 1. */
  readonly occurrence: number;
}

const LEAST_COLUMNS = 3;

/** The row of all that reads most like a header; `undefined` where none does. */
export function findHeader(rows: readonly Row[]): FoundHeader | undefined {
  let best = -1;
  let bestScore = 0;
  for (const [index, row] of rows.entries()) {
    const score = scoreOf(row);
    if (score > bestScore) [best, bestScore] = [index, score];
  }
  const row = rows[best];
  if (row === undefined) return undefined;
  const above = rows[best - 1];
  const below = rows[best + 1];
  if (below !== undefined && arePair(row, below)) return { row: best, rows: 2, columns: pairColumns(row, below) };
  if (above !== undefined && arePair(above, row)) return { row: best - 1, rows: 2, columns: pairColumns(above, row) };
  return { row: best, rows: 1, columns: named(Array.from(row, headerText)) };
}

/** Known words count most; digits speak for data. */
function scoreOf(row: Row): number {
  const texts = row.flatMap((cell) => (isBlank(cell) ? [] : [cell]));
  if (texts.length < LEAST_COLUMNS) return 0;
  return texts.reduce((score: number, cell) => score + cellScore(cell), 0);
}

function cellScore(cell: Cell): number {
  if (typeof cell !== 'string') return -2;
  if (isKnownHeader(withoutMojibake(cell)) && cell.length < 60) return 4;
  return /\d/u.test(cell) ? -2 : 1;
}

/** A row of groups and the row under it: all text without digits, and each fills places that the other leaves empty. */
function arePair(groups: Row, row: Row): boolean {
  const areHeaders = [groups, row].every((cells) => cells.every((cell) => isBlank(cell) || (typeof cell === 'string' && !/\d{2}/u.test(cell))));
  if (!areHeaders || [groups, row].some((cells) => cells.filter((cell) => !isBlank(cell)).length < 2)) return false;
  const width = Math.max(groups.length, row.length);
  const places = Array.from({ length: width }, (_, index) => index);
  const onlyAbove = places.some((index) => !isBlank(groups[index]) && isBlank(row[index]));
  const onlyBelow = places.some((index) => isBlank(groups[index]) && !isBlank(row[index]));
  return onlyAbove && onlyBelow;
}

function pairColumns(groups: Row, row: Row): readonly FoundColumn[] {
  const width = Math.max(groups.length, row.length);
  let group = '';
  const parts = Array.from({ length: width }, (_, index) => {
    const above = headerText(groups[index]);
    const below = headerText(row[index]);
    if (above !== '') group = below === '' ? '' : above;
    return { group, header: below === '' ? above : below };
  });
  const isUnique = (header: string) => parts.filter((part) => wordKey(part.header) === wordKey(header)).length === 1;
  return named(parts.map(({ group: over, header }) => (over === '' || header === '' || isUnique(header) ? header : `${over} / ${header}`)));
}

function named(names: readonly string[]): readonly FoundColumn[] {
  const seen = new Map<string, number>();
  return names.flatMap((name, index) => {
    if (name === '') return [];
    const occurrence = (seen.get(wordKey(name)) ?? 0) + 1;
    seen.set(wordKey(name), occurrence);
    return [{ index, name, occurrence }];
  });
}

function headerText(cell: Cell | undefined): string {
  return cellText(typeof cell === 'string' ? withoutMojibake(cell) : cell).replace(/\s+/gu, ' ');
}
