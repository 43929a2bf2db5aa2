import { NONE } from './number-list.ts';
import { grown, hashOf, TextColumn, type TextColumnParts } from './text-column.ts';
import { TextIndex } from './text-index.ts';

const FIRST_ROWS = 1_024;

/** A word column as another thread can take it over. */
export interface WordColumnParts {
  readonly count: number;
  readonly ids: Int32Array<ArrayBuffer>;
  readonly words: TextColumnParts;
}

/** A column of few different words: each is kept once, and a row is the number of its word. Nearly all rows have the word of the row before. */
export class WordColumn {
  #count = 0;
  #ids = new Int32Array(FIRST_ROWS);
  #words = new TextColumn('hashed');
  #index = new TextIndex(this.#words);
  #last = 0;

  static of({ count, ids, words }: WordColumnParts): WordColumn {
    const column = new WordColumn();
    column.#count = count;
    column.#ids = ids;
    column.#words = TextColumn.of(words);
    column.#index = new TextIndex(column.#words);
    for (let id = 0; id < column.#words.length; id++) column.#index.enter(id);
    return column;
  }

  get parts(): WordColumnParts {
    return { count: this.#count, ids: this.#ids, words: this.#words.parts };
  }

  /** The number of a word, which it gets when it is first seen. @param bytes UTF-8 */
  idOf(bytes: Uint8Array, start: number, end: number): number {
    if (this.#words.length > 0 && this.#words.equalsBytes(this.#last, bytes, start, end)) return this.#last;
    const known = this.#index.findBytes(bytes, start, end, hashOf(bytes, start, end));
    if (known !== NONE) this.#last = known;
    else {
      this.#words.append(bytes, start, end);
      this.#last = this.#words.length - 1;
      this.#index.enter(this.#last);
    }
    return this.#last;
  }

  idOfText(text: string): number {
    this.#words.appendText(text);
    const added = this.#words.length - 1;
    const known = this.#index.enter(added);
    if (known !== NONE) this.#words.removeLast();
    return known === NONE ? added : known;
  }

  expect(count: number): void {
    if (count > this.#ids.length) this.#ids = grown(this.#ids, new Int32Array(count));
  }

  word(id: number): string {
    return this.#words.text(id);
  }

  append(id: number): void {
    if (this.#count === this.#ids.length) this.#ids = grown(this.#ids, new Int32Array(2 * this.#count));
    this.#ids[this.#count++] = id;
  }

  text(row: number): string {
    return this.#words.text(this.#ids[row] ?? 0);
  }
}
