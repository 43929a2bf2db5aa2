import { describe, expect, it } from 'vitest';
import { MadeList } from '../../lib/core/listed.ts';
import { NONE, NumberList } from '../../lib/core/number-list.ts';
import { PairIndex } from '../../lib/core/pair-index.ts';
import { hashOf, TextColumn } from '../../lib/core/text-column.ts';
import { WordColumn } from '../../lib/core/word-column.ts';
import { COLLIDING, collidingTexts } from './colliding-texts.ts';

const many = Array.from({ length: 3_000 }, (_, index) => index);
const TEXTS = ['', 'PP1', 'é', 'Référence', '', 'a'.repeat(200), '€'];

describe('a list of numbers', () => {
  it('holds whatever was put in, in its order, past any first size', () => {
    const list = new NumberList();
    for (const value of many) list.push(value * 3);
    expect([list.length, list.at(0), list.at(255), list.at(256), list.at(2_999)]).toEqual([3_000, 0, 765, 768, 8_997]);
    const even = list.filter((value) => value % 2 === 0);
    expect([even.length, even.at(1), even.at(1_499)]).toEqual([1_500, 6, 8_994]);
  });
});

describe('a list that makes its items', () => {
  const list = new MadeList(4, (index) => 10 - index);

  it('can be gone through as often as one likes', () => {
    for (let time = 0; time < 2; time++) expect([...list]).toEqual([10, 9, 8, 7]);
    expect(list.length).toBe(4);
  });

  it('is mapped, filtered and sorted as an array is', () => {
    expect(list.map((item, index) => item * 10 + index)).toEqual([100, 91, 82, 73]);
    expect(list.filter((item, index) => item % 2 === 1 || index === 0)).toEqual([10, 9, 7]);
    expect(list.toSorted((one, other) => one - other)).toEqual([7, 8, 9, 10]);
    expect([...new MadeList(0, () => 1)]).toEqual([]);
  });
});

/**
 * Of all numbers with these bits above the lower 32 the one that the index places where it places 0: for whoever knows the two factors it
 * multiplies with, such numbers are easily made.
 */
function colliding(high: number): number {
  // Each step doubles the low bits that are those of the inverse.
  let inverse = 1;
  for (let step = 0; step < 5; step++) inverse = Math.imul(inverse, 2 - Math.imul(0x9e3779b1, inverse));
  return high * 2 ** 32 + (Math.imul(Math.imul(high, 0x85ebca6b), inverse) >>> 0);
}

describe('an index of pairs', () => {
  it('numbers pairs in the order in which they are first seen, and knows them again', () => {
    const index = new PairIndex(10);
    expect([index.enter(1, 2), index.enter(2, 1), index.enter(1, 2), index.enter(1, -2), index.length]).toEqual([0, 1, 0, 2, 3]);
    expect([index.find(2, 1), index.find(2, 2), index.find(1, 1)]).toEqual([1, NONE, NONE]);
  });

  it('tells pairs apart whatever their size and sign, past any first size', () => {
    const index = new PairIndex(many.length * 2);
    for (const value of many) {
      expect(index.enter(2_250_700_000_000 + value, value % 7)).toBe(2 * value);
      expect(index.enter(-1 - value, 5_000)).toBe(2 * value + 1);
    }
    expect([index.find(2_250_700_000_007, 0), index.find(-8, 5_000), index.find(2_250_700_000_007, 1)]).toEqual([14, 15, NONE]);
  });

  it('tells pairs apart by their second number alone, however full it is', () => {
    const index = new PairIndex(many.length);
    for (const value of many) expect(index.enter(7, value)).toBe(value);
    expect(many.map((value) => index.find(7, value))).toEqual(many);
  });

  it('holds pairs that were made to collide, before and after there are too many of them', () => {
    const index = new PairIndex(4_000);
    const pairs = many.map((high) => [colliding(high), 0] as const);
    for (const [value, [one, other]] of pairs.entries()) expect(index.enter(one, other)).toBe(value);
    for (const [value, [one, other]] of pairs.entries()) expect(index.find(one, other)).toBe(value);
    expect([index.find(1, 0), index.enter(1, 0), index.find(1, 0), index.length]).toEqual([NONE, 3_000, 3_000, 3_001]);
  });

  it('comes to an end with any number of pairs that were made to collide', () => {
    const count = 100_000;
    const index = new PairIndex(count);
    let wrong = 0;
    for (let high = 0; high < count; high++) if (index.enter(colliding(high), 0) !== high) wrong += 1;
    for (let high = 0; high < count; high++) if (index.find(colliding(high), 0) !== high) wrong += 1;
    expect(wrong).toBe(0);
  });
});

describe('a column of texts', () => {
  const filled = (kind: 'hashed' | 'plain', append: (column: TextColumn, text: string) => void) => {
    const column = new TextColumn(kind);
    for (const text of TEXTS) append(column, text);
    return column;
  };
  const all = (column: TextColumn) => Array.from({ length: column.length }, (_, index) => column.text(index));
  const asBytes = (column: TextColumn, text: string) => {
    const bytes = new TextEncoder().encode(`x${text}`);
    column.append(bytes, 1, bytes.length);
  };

  it.each(['hashed', 'plain'] as const)('gives back what was put in, from text or from bytes (%s)', (kind) => {
    expect(all(filled(kind, (column, text) => column.appendText(text)))).toEqual(TEXTS);
    expect(all(filled(kind, asBytes))).toEqual(TEXTS);
  });

  it('has one hash for one text, however it came in', () => {
    const one = filled('hashed', (column, text) => column.appendText(text));
    const other = filled('hashed', asBytes);
    expect(TEXTS.map((_, index) => one.hash(index))).toEqual(TEXTS.map((_, index) => other.hash(index)));
    expect(new Set(TEXTS.map((_, index) => one.hash(index))).size).toBe(new Set(TEXTS).size);
  });

  it('tells equal texts from others', () => {
    const column = filled('plain', (own, text) => own.appendText(text));
    const other = new TextColumn();
    for (const text of ['PP1', 'PP2', 'PP', '']) other.appendText(text);
    expect([0, 1, 2, 3].map((index) => column.equals(1, other, index))).toEqual([true, false, false, false]);
    expect([0, 3].map((index) => column.equals(4, other, index))).toEqual([false, true]);
  });

  it('forgets its last text, and takes another in its place', () => {
    for (const kind of ['hashed', 'plain'] as const) {
      const column = filled(kind, (own, text) => own.appendText(text));
      column.removeLast();
      column.appendText('');
      column.removeLast();
      column.appendText('neuf');
      expect(all(column)).toEqual([...TEXTS.slice(0, -1), 'neuf']);
    }
  });

  it.each(['hashed', 'plain'] as const)('holds more than it had room for, expected or not (%s)', (kind) => {
    const texts = many.map((value) => (value % 5 === 0 ? '' : `reference ${value}`));
    const expected = new TextColumn(kind);
    const unexpected = new TextColumn(kind);
    for (const [index, text] of texts.entries()) {
      if (index === 100) expected.expect(2_000);
      expected.appendText(text);
      unexpected.appendText(text);
    }
    expect(all(expected)).toEqual(texts);
    expect(all(unexpected)).toEqual(texts);
    const taken = TextColumn.of(structuredClone(expected.parts));
    taken.appendText('dernier');
    expect(all(taken)).toEqual([...texts, 'dernier']);
    expect(taken.hash(1)).toBe(unexpected.hash(1));
  });
});

describe('the memory of a column of texts', () => {
  const tens = (kind: 'hashed' | 'plain', count: number) => {
    const column = new TextColumn(kind);
    for (let index = 0; index < count; index++) column.appendText('0123456789');
    return column;
  };
  const sizes = ({ parts: { ends, bytes, hashes } }: TextColumn) => [ends.length, bytes.length, hashes.length];

  it('is what is expected of texts like those that it holds, with hashes only where it has some', () => {
    const [plain, hashed] = [tens('plain', 100), tens('hashed', 100)];
    for (const column of [plain, hashed]) column.expect(20_000);
    expect([sizes(plain), sizes(hashed)]).toEqual([
      [20_001, 200_000, 0],
      [20_001, 200_000, 20_001],
    ]);
    const full = new TextColumn();
    const first = full.parts.ends.length;
    full.expect(first - 1);
    expect(full.parts.ends.length).toBe(first);
    full.expect(first);
    expect(full.parts.ends.length).toBe(first + 1);
  });

  it('does not grow by what is expected where there is room', () => {
    const column = tens('hashed', 3_000);
    const before = sizes(column);
    column.expect(10);
    expect([sizes(column), column.text(2_999)]).toEqual([before, '0123456789']);
  });

  it('is none for empty texts without a hash, nor for what lies before a text that is added', () => {
    const column = new TextColumn();
    const fresh = sizes(column);
    for (let index = 0; index < 5_000; index++) {
      column.appendText('');
      column.append(new Uint8Array(4), 2, 2);
    }
    expect([sizes(column), column.length, column.parts.written]).toEqual([fresh, 10_000, 0]);
    const other = new TextColumn();
    other.append(new Uint8Array(100_000), 90_000, 90_010);
    expect(sizes(other)).toEqual(fresh);
    expect(sizes(tens('plain', 3_000))[2]).toBe(0);
  });
});

describe('a column of words', () => {
  it('knows its words again where they were made to collide, before and after there are too many of them', () => {
    const idOf = (column: WordColumn, text: string) => {
      const bytes = new TextEncoder().encode(`x${text}`);
      return column.idOf(bytes, 1, bytes.length);
    };
    const [stranger = '', ...others] = COLLIDING.slice(0, 1_024);
    const words = ['avant', ...others];
    const column = new WordColumn();
    expect(new Set(COLLIDING.map((text) => hashOf(new TextEncoder().encode(text), 0, text.length))).size).toBe(1);
    for (const [id, text] of words.entries()) expect([column.idOfText(text), idOf(column, text)]).toEqual([id, id]);
    for (const [id, text] of words.entries()) expect([idOf(column, text), column.idOfText(text), column.idOfText(text)]).toEqual([id, id, id]);
    expect([idOf(column, stranger), idOf(column, 'après'), column.idOfText('après'), idOf(column, stranger)]).toEqual([1_024, 1_025, 1_025, 1_024]);
    expect([column.word(0), column.word(1_024), column.idOfText(''), column.idOfText('')]).toEqual([words[0], stranger, 1_026, 1_026]);
  });

  it('comes to an end with any number of words that were made to collide', () => {
    const column = new WordColumn();
    const words = collidingTexts(3);
    expect(words.map((word) => column.idOfText(word))).toEqual(words.map((_, id) => id));
    expect([column.idOfText(words[70] ?? ''), column.word(32_767)]).toEqual([70, words.at(-1)]);
  });

  it('takes any number of words from bytes', () => {
    const column = new WordColumn();
    const ids = many.map((value) => {
      const bytes = new TextEncoder().encode(`mot ${value}`);
      return column.idOf(bytes, 0, bytes.length);
    });
    expect(ids).toEqual(many);
  });

  it('may have no text as its first word', () => {
    const column = new WordColumn();
    const bytes = new TextEncoder().encode('xSUCCES');
    expect([column.idOf(bytes, 1, 1), column.idOf(bytes, 1, 7), column.idOfText(''), column.word(0), column.word(1)]).toEqual([0, 1, 0, '', 'SUCCES']);
  });

  it('numbers each word once, from text or from bytes', () => {
    const column = new WordColumn();
    const bytes = new TextEncoder().encode('xSUCCESxECHECx');
    expect([
      column.idOfText('SUCCES'),
      column.idOf(bytes, 1, 7),
      column.idOf(bytes, 8, 13),
      column.idOf(bytes, 8, 13),
      column.idOf(bytes, 1, 7),
      column.idOfText('ECHEC'),
      column.idOfText(''),
    ]).toEqual([0, 0, 1, 1, 0, 1, 2]);
    expect([0, 1, 2].map((id) => column.word(id))).toEqual(['SUCCES', 'ECHEC', '']);
  });

  it('gives each row its word, past any first size, and in another thread', () => {
    const column = new WordColumn();
    const words = many.map((value) => `mot ${value % 40}`);
    for (const [index, word] of words.entries()) {
      if (index === 1_500) column.expect(2_600);
      if (index === 1_501) column.expect(1);
      column.append(column.idOfText(word));
    }
    expect(words.map((_, row) => column.text(row))).toEqual(words);
    const taken = WordColumn.of(structuredClone(column.parts));
    expect([taken.idOfText('mot 7'), taken.idOfText('neuf')]).toEqual([7, 40]);
    taken.append(40);
    expect([taken.text(39), taken.text(3_000)]).toEqual(['mot 39', 'neuf']);
  });
});
