import { UnreadableFile } from './unreadable-file.ts';
import { nameCode, type XmlAttributes, type XmlEvents, XmlScanner } from './xlsx/xml-scanner.ts';
import { attributeText } from './xlsx/xml-text.ts';

const ROW = nameCode('table-row');
const CELL = nameCode('table-cell');
const COVERED_CELL = nameCode('covered-table-cell');
const VALUE_TYPE = nameCode('value-type');
const ROWS_REPEATED = nameCode('number-rows-repeated');
const COLUMNS_REPEATED = nameCode('number-columns-repeated');

const MOST_CELLS = 5_000_000;

/**
 * Counts the cells of an ods sheet as they will be once the repeated ones are written out: a kilobyte can say seventeen thousand million.
 * @throws UnreadableFile `too-large`
 */
export class OdsSize implements XmlEvents {
  readonly #scanner = new XmlScanner(this);
  #cells = 0;
  #rowCells = 0;
  #rowRepeats = 1;
  /** Cells that count if anything stands in them. */
  #pending = 0;

  feed(chunk: Buffer): void {
    this.#scanner.feed(chunk);
  }

  open(name: number, attributes: XmlAttributes): void {
    if (name === ROW) {
      this.#rowCells = 0;
      this.#rowRepeats = repeats(attributes, ROWS_REPEATED);
    } else if (name === CELL || name === COVERED_CELL) {
      const cells = repeats(attributes, COLUMNS_REPEATED);
      if (attributeText(attributes, VALUE_TYPE) === undefined) this.#pending = cells;
      else this.#rowCells += cells;
    } else this.#count();
  }

  text(): void {}

  close(name: number): void {
    if (name === CELL || name === COVERED_CELL) this.#pending = 0;
    if (name !== ROW) return;
    this.#cells += this.#rowCells * this.#rowRepeats;
    if (this.#cells > MOST_CELLS) throw new UnreadableFile('too-large', `an ods sheet of more than ${MOST_CELLS} cells`);
  }

  #count(): void {
    this.#rowCells += this.#pending;
    this.#pending = 0;
  }
}

function repeats(attributes: XmlAttributes, name: number): number {
  const value = Number(attributeText(attributes, name) ?? 1);
  return Number.isFinite(value) ? value : 1;
}
