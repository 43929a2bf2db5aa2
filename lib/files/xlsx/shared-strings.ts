import { UnreadableFile } from '../unreadable-file.ts';
import { TextPool } from './text-pool.ts';
import { nameCode, startsWith, type XmlEvents, XmlScanner } from './xml-scanner.ts';
import { plainTextEnd, withoutEscapes, xmlText } from './xml-text.ts';

const ITEM = nameCode('si');
const TEXT = nameCode('t');
const PHONETIC = nameCode('rPh');
const ROOT = nameCode('sst');

/** The blanks of a text are kept whether it asks for that or not. */
const PLAIN_ITEM = Buffer.from('<si><t>');
const PRESERVED_ITEM = Buffer.from('<si><t xml:space="preserve">');
const PLAIN_ITEM_END = Buffer.from('</t></si>');
const MOST_STRINGS = 16_000_000;
const MOST_BYTES = 300_000_000;

/**
 * The shared strings of a workbook. Rich text is its runs put together; the reading aid of Japanese text is left out.
 * @throws UnreadableFile
 */
export async function sharedStrings(chunks: AsyncIterable<Buffer>): Promise<TextPool> {
  const strings = new SharedStrings();
  const scanner = new XmlScanner(strings);
  for await (const chunk of chunks) {
    scanner.feed(chunk);
    if (strings.pool.count > MOST_STRINGS || strings.pool.bytes > MOST_BYTES) throw new UnreadableFile('too-large', 'too many shared strings');
  }
  scanner.end();
  return strings.pool;
}

class SharedStrings implements XmlEvents {
  readonly pool = new TextPool();
  #pieces = '';
  #inItem = false;
  #inText = false;
  #phonetic = false;
  #rootSeen = false;

  /** A plain text in a plain item, as nearly all are, goes over as bytes. */
  shortcut(bytes: Buffer, at: number): number {
    if (this.#inItem) return 0;
    const mark = startsWith(bytes, at, PLAIN_ITEM) ? PLAIN_ITEM : startsWith(bytes, at, PRESERVED_ITEM) ? PRESERVED_ITEM : undefined;
    if (mark === undefined) return 0;
    const start = at + mark.length;
    const end = plainTextEnd(bytes, start);
    if (!startsWith(bytes, end, PLAIN_ITEM_END)) return 0;
    this.pool.addBytes(bytes, start, end);
    return end + PLAIN_ITEM_END.length;
  }

  open(name: number): void {
    if (!this.#rootSeen && name !== ROOT) throw new UnreadableFile('corrupt', 'shared strings of another root');
    this.#rootSeen = true;
    if (name === ITEM) {
      if (this.#inItem) throw new UnreadableFile('corrupt', 'a shared string inside of another');
      this.#inItem = true;
      this.#pieces = '';
    } else if (name === TEXT) this.#inText = this.#inItem && !this.#phonetic;
    else if (name === PHONETIC) this.#phonetic = true;
  }

  text(bytes: Buffer, start: number, end: number, literal: boolean): void {
    if (this.#inText) this.#pieces += xmlText(bytes, start, end, literal);
  }

  close(name: number): void {
    if (name === TEXT) this.#inText = false;
    else if (name === PHONETIC) this.#phonetic = false;
    else if (name === ITEM) {
      this.#inItem = false;
      this.pool.add(withoutEscapes(this.#pieces));
    }
  }
}
