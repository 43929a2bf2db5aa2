import { MOST_ROWS } from './table-limits.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** Parts of a binary workbook that are no records: drawings of printers, macros, embedded files. */
const NO_RECORDS = /\/(?:printersettings|embeddings|activex|ctrlprops|media)\/|vbaproject(?:signature)?\.bin$/iu;
/** The head of a row, which says its index in four bytes. */
const ROW = 0;
const INDEX_BYTES = 4;

type Place = 'type' | 'size' | 'content';

/** Whether a part of a workbook is a sequence of records. @param name path in the archive, in lower case */
export function holdsRecords(name: string): boolean {
  return name.endsWith('.bin') && !NO_RECORDS.test(name);
}

/**
 * Looks through the records of a part: what reads them trusts the size and the row index that each states, and a size beyond the end, or an index beyond all rows,
 * would keep it busy until memory ends.
 * @throws UnreadableFile `corrupt` or `too-large`
 */
export class XlsbRecords {
  #place: Place = 'type';
  #type = 0;
  #typeBytes = 0;
  #size = 0;
  #sizeBytes = 0;
  /** Of the content, still to come. */
  #left = 0;
  #index = 0;
  #indexBytes = 0;

  feed(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.#place === 'content') {
        const taken = Math.min(this.#left, chunk.length - at);
        if (this.#type === ROW) for (let byte = at; byte < at + taken && this.#indexBytes < INDEX_BYTES; byte++) this.#takeIndex(chunk[byte] ?? 0);
        this.#left -= taken;
        at += taken;
        if (this.#left === 0) this.#begin();
      } else this.#takeHead(chunk[at++] ?? 0);
    }
  }

  /** @throws UnreadableFile `corrupt` where the last record has no end */
  end(): void {
    if (this.#place !== 'type' || this.#typeBytes > 0) throw new UnreadableFile('corrupt', 'a record of a binary workbook runs beyond its part');
  }

  #begin(): void {
    this.#place = 'type';
    this.#type = 0;
    this.#typeBytes = 0;
    this.#size = 0;
    this.#sizeBytes = 0;
    this.#index = 0;
    this.#indexBytes = 0;
  }

  /** Seven bits a byte, lowest first: up to two bytes of type, then up to four of size. */
  #takeHead(byte: number): void {
    if (this.#place === 'type') {
      this.#type += (byte & 0x7f) * 2 ** (7 * this.#typeBytes++);
      if (byte < 0x80 || this.#typeBytes === 2) this.#place = 'size';
      return;
    }
    this.#size += (byte & 0x7f) * 2 ** (7 * this.#sizeBytes++);
    if (byte >= 0x80 && this.#sizeBytes < 4) return;
    this.#left = this.#size;
    if (this.#left === 0) this.#begin();
    else this.#place = 'content';
  }

  #takeIndex(byte: number): void {
    this.#index += byte * 2 ** (8 * this.#indexBytes++);
    if (this.#indexBytes === INDEX_BYTES && this.#index >= MOST_ROWS) throw new UnreadableFile('too-large', `a row beyond the ${MOST_ROWS} of a sheet`);
  }
}
