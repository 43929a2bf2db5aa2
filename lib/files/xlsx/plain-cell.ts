import { type CellType, cellType } from './cell-value.ts';
import { startsWith } from './xml-scanner.ts';

const QUOTE = 0x22;
const GT = 0x3e;
const LT = 0x3c;
const SLASH = 0x2f;
const SPACE = 0x20;
const EQUALS = 0x3d;
const LETTER_A = 0x41;
const LETTER_Z = 0x5a;
const REFERENCE = 0x72;
const STYLE = 0x73;
const TYPE = 0x74;

const CELL = Buffer.from('<c ');
const VALUE = Buffer.from('<v>');
const VALUE_END = Buffer.from('</v></c>');
const INLINE = Buffer.from('<is><t>');
/** The blanks of a text are kept whether it asks for that or not. */
const PRESERVED_INLINE = Buffer.from('<is><t xml:space="preserve">');
const INLINE_END = Buffer.from('</t></is></c>');
/** Near the end of the bytes the scanner takes over, so that no step here has to look out for it. */
const MARGIN = 64;

/**
 * A cell as nearly every program writes it: `<c r="B2" s="1" t="s"><v>12</v></c>`, or with its text inline. Seen as one piece it costs half of
 * what its tags cost one by one, and a large sheet is nothing but these. Any other spelling is left to the scanner.
 */
export class PlainCell {
  /** Column from 0, or -1 where the cell says none. */
  column = -1;
  type: CellType = 'number';
  /** Whether the text stands in the cell itself: then an empty one is a text too. */
  inline = false;
  /** Where the value is. */
  start = 0;
  end = 0;

  /** Reads the cell at a position; returns where it ends, or 0 where it is no plain cell. */
  match(bytes: Buffer, at: number): number {
    if (!startsWith(bytes, at, CELL) || at + MARGIN > bytes.length) return 0;
    const close = this.#attributes(bytes, at + CELL.length);
    if (close === 0) return 0;
    if (bytes[close] === SLASH) {
      this.inline = false;
      this.start = close;
      this.end = close;
      return bytes[close + 1] === GT ? close + 2 : 0;
    }
    const mark = this.type === 'text' ? inlineMark(bytes, close + 1) : undefined;
    this.inline = mark !== undefined;
    if (mark !== undefined) return this.#content(bytes, close + 1 + mark.length, INLINE_END);
    return startsWith(bytes, close + 1, VALUE) ? this.#content(bytes, close + 1 + VALUE.length, VALUE_END) : 0;
  }

  #content(bytes: Buffer, start: number, mark: Buffer): number {
    const { length } = bytes;
    let end = start;
    while (end < length && bytes[end] !== LT) end++;
    if (!startsWith(bytes, end, mark)) return 0;
    this.start = start;
    this.end = end;
    return end + mark.length;
  }

  /** Reads `r`, `s` and `t`; returns where the tag closes, or 0. */
  #attributes(bytes: Buffer, from: number): number {
    const { length } = bytes;
    this.column = -1;
    this.type = 'number';
    let at = from;
    for (;;) {
      const name = bytes[at];
      if (bytes[at + 1] !== EQUALS || bytes[at + 2] !== QUOTE) return 0;
      const start = at + 3;
      let end = start;
      if (name === REFERENCE) {
        let column = 0;
        for (; end < length; end++) {
          const byte = bytes[end] ?? 0;
          if (byte < LETTER_A || byte > LETTER_Z) break;
          column = column * 26 + byte - LETTER_A + 1;
        }
        if (end === start || end - start > 3) return 0;
        this.column = column - 1;
      } else if (name !== STYLE && name !== TYPE) return 0;
      while (end < length && bytes[end] !== QUOTE) {
        if (bytes[end] === LT) return 0;
        end++;
      }
      if (name === TYPE) this.type = cellType(bytes, start, end);
      at = end + 1;
      if (bytes[at] === GT || bytes[at] === SLASH) return at;
      if (bytes[at] !== SPACE) return 0;
      at++;
    }
  }
}

function inlineMark(bytes: Buffer, at: number): Buffer | undefined {
  if (startsWith(bytes, at, INLINE)) return INLINE;
  return startsWith(bytes, at, PRESERVED_INLINE) ? PRESERVED_INLINE : undefined;
}
