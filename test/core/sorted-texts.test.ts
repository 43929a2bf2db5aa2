import { describe, expect, it } from 'vitest';
import { NumberList } from '../../lib/core/number-list.ts';
import { eachRepeatedText, eachTextOfBoth, SortedTexts } from '../../lib/core/sorted-texts.ts';
import { TextColumn } from '../../lib/core/text-column.ts';
import { COLLIDING } from './colliding-texts.ts';

type Rows = readonly number[];

const between = (from: number, to: number, name: (number: number) => string) => Array.from({ length: to - from }, (_, index) => name(from + index));
const some = COLLIDING.slice(0, 40);
/** Some texts stand once, some more often; some are of one hash. */
const ONE = [...between(0, 900, (number) => `PP${number}`), ...between(0, 500, (number) => `PP${number % 70}`), ...some, ...some.slice(10, 20), 'seul'];
const OTHER = [...between(450, 1_300, (number) => `PP${number}`), ...some.slice(5, 30), ...COLLIDING.slice(25, 50), ...between(0, 60, (number) => `PP${number % 7}`), 'ici', 'ici'];

function column(texts: readonly string[]): TextColumn {
  const all = new TextColumn('hashed');
  for (const text of texts) all.appendText(text);
  return all;
}

function rowsOf(texts: readonly string[], text: string): Rows {
  return texts.flatMap((known, row) => (known === text ? [row] : []));
}

describe('texts in the order of their hashes', () => {
  it('stand with the others of their hash, and each hash with its rows in their order', () => {
    const sorted = new SortedTexts(column(ONE));
    const places = between(0, ONE.length, String).map(Number);
    const hashes = places.map((place) => sorted.hash(place));
    expect(hashes).toEqual(hashes.toSorted((one, other) => one - other));
    expect(new Set(places.map((place) => sorted.row(place))).size).toBe(ONE.length);
    for (const place of places.slice(1)) if (hashes[place] === hashes[place - 1]) expect(sorted.row(place)).toBeGreaterThan(sorted.row(place - 1));
    expect(sorted.hash(ONE.length)).toBeGreaterThan(Math.max(...hashes));
  });

  it('are spread over all their hashes: few texts share one', () => {
    const sorted = new SortedTexts(column(between(0, 2_000, (number) => `PP${number}`)));
    expect(new Set(between(0, 2_000, String).map((place) => sorted.hash(Number(place)))).size).toBeGreaterThan(1_990);
  });

  it('may be those of some rows only', () => {
    const rows = new NumberList();
    for (const row of [1, 3, 4]) rows.push(row);
    const sorted = new SortedTexts(column(['a', 'b', 'a', 'a', 'b']), rows);
    const found: Rows[] = [];
    eachRepeatedText(sorted, (repeated) => found.push(repeated));
    expect([sorted.length, found]).toEqual([3, [[1, 4]]]);
  });

  it('tell each text that several rows have, with these rows', () => {
    const found: Rows[] = [];
    eachRepeatedText(new SortedTexts(column(ONE)), (rows) => found.push(rows));
    const repeated = [...new Set(ONE)].map((text) => rowsOf(ONE, text)).filter(({ length }) => length > 1);
    expect(found.toSorted(([one = 0], [other = 0]) => one - other)).toEqual(repeated);
  });

  it('tell each text of two columns once, with its rows in both; of what stands in one row alone nothing need be told', () => {
    const found = new Map<string, readonly [Rows, Rows]>();
    const singles: string[] = [];
    const tell = (rows: Rows, otherRows: Rows) => {
      const text = ONE[rows[0] ?? -1] ?? OTHER[otherRows[0] ?? -1] ?? '';
      expect(found.has(text)).toBe(false);
      found.set(text, [rows, otherRows]);
      return text;
    };
    eachTextOfBoth(new SortedTexts(column(ONE)), new SortedTexts(column(OTHER)), (row, otherRow) => singles.push(tell([row], [otherRow])), tell);
    const expected = new Map([...new Set([...ONE, ...OTHER])].map((text) => [text, [rowsOf(ONE, text), rowsOf(OTHER, text)]] as const));
    for (const [text, rows] of expected) {
      const isTold = rows.flat().length > 1 || COLLIDING.includes(text);
      expect([text, found.get(text)]).toEqual([text, isTold ? rows : undefined]);
    }
    const once = [...expected].flatMap(([text, [rows, otherRows]]) => (rows.length === 1 && otherRows.length === 1 && !COLLIDING.includes(text) ? [text] : []));
    expect(singles.toSorted()).toEqual(once.toSorted());
  });

  it('tell nothing of columns without rows', () => {
    const nothing = new SortedTexts(column([]));
    const told: unknown[] = [];
    eachRepeatedText(nothing, (rows) => told.push(rows));
    eachTextOfBoth(
      nothing,
      nothing,
      (row) => told.push(row),
      (rows) => told.push(rows),
    );
    expect(told).toEqual([]);
  });
});
