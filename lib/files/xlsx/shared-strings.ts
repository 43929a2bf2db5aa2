import { UnreadableFile } from '../unreadable-file.ts';
import { nameCode, type XmlEvents, XmlScanner } from './xml-scanner.ts';
import { withoutEscapes, xmlText } from './xml-text.ts';

const ITEM = nameCode('si');
const TEXT = nameCode('t');
const PHONETIC = nameCode('rPh');
const ROOT = nameCode('sst');

const MOST_STRINGS = 16_000_000;
const MOST_CHARACTERS = 300_000_000;

/**
 * The shared strings of a workbook. Rich text is its runs put together; the reading aid of Japanese text is left out.
 * @throws UnreadableFile
 */
export async function sharedStrings(chunks: AsyncIterable<Buffer>): Promise<readonly string[]> {
  const strings = new StringTable();
  const scanner = new XmlScanner(strings);
  for await (const chunk of chunks) scanner.feed(chunk);
  scanner.end();
  return strings.list;
}

class StringTable implements XmlEvents {
  readonly list: string[] = [];
  #text = '';
  #inItem = false;
  #inText = false;
  #phonetic = false;
  #rootSeen = false;
  #characters = 0;

  open(name: number): void {
    if (!this.#rootSeen && name !== ROOT) throw new UnreadableFile('corrupt', 'shared strings of another root');
    this.#rootSeen = true;
    if (name === ITEM) {
      this.#inItem = true;
      this.#text = '';
    } else if (name === TEXT) this.#inText = this.#inItem && !this.#phonetic;
    else if (name === PHONETIC) this.#phonetic = true;
  }

  text(bytes: Buffer, start: number, end: number, literal: boolean): void {
    if (!this.#inText) return;
    const piece = xmlText(bytes, start, end, literal);
    this.#text = this.#text === '' ? piece : this.#text + piece;
  }

  close(name: number): void {
    if (name === TEXT) this.#inText = false;
    else if (name === PHONETIC) this.#phonetic = false;
    else if (name === ITEM) this.#keep();
  }

  #keep(): void {
    this.#inItem = false;
    this.#characters += this.#text.length;
    if (this.list.length === MOST_STRINGS || this.#characters > MOST_CHARACTERS) throw new UnreadableFile('too-large', 'too many shared strings');
    this.list.push(withoutEscapes(this.#text));
  }
}
