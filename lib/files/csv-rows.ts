import { isAscii } from 'node:buffer';
import type { CellBlock, Row, RowSource } from '../core/rows.ts';
import { type ByteSource, head, passing } from './byte-source.ts';
import { delimiterOf } from './csv-delimiter.ts';
import { CsvScanner } from './csv-scanner.ts';
import { refuseNul, singleByteDelimited, type TextForm, textForm } from './text-encoding.ts';

const HEAD_BYTES = 64 * 1024;

/**
 * Rows of delimited text, read as it streams. The whole file decides which encoding it has, but only once a byte comes that is not ASCII:
 * most ledgers have none, and are read once.
 * @throws UnreadableFile
 */
export async function csvRows(source: ByteSource): Promise<RowSource> {
  const start = await head(source, HEAD_BYTES);
  const form = isAscii(start) ? undefined : await textForm(source, start);
  const delimiter = delimiterOf(new TextDecoder(form?.encoding).decode(start));
  const rows = { epoch: 1900, typed: false, batches: batches(source, form, delimiter), blocks: blocks(source, form, delimiter) } as const;
  return source.fractionRead === undefined ? rows : { ...rows, fractionRead: source.fractionRead };
}

async function* batches(source: ByteSource, form: TextForm | undefined, delimiter: string): AsyncGenerator<readonly Row[]> {
  for await (const block of blocks(source, form, delimiter)) yield Array.from({ length: block.rowCount }, (_, index) => block.row(index));
}

async function* blocks(source: ByteSource, form: TextForm | undefined, delimiter: string): AsyncGenerator<CellBlock> {
  const scanner = new CsvScanner(delimiter, singleByteOf(form));
  for await (const chunk of form === undefined ? asciiFirst(source, scanner) : singleByteDelimited(passing(source), form)) {
    const block = scanner.feedBlock(chunk);
    if (block.rowCount > 0) yield block;
  }
  const block = scanner.endBlock();
  if (block.rowCount > 0) yield block;
}

/** The bytes of a file that begins in ASCII. The first other byte has the whole file asked for its encoding. */
async function* asciiFirst(source: ByteSource, scanner: CsvScanner): AsyncGenerator<Buffer> {
  let isDecided = false;
  for await (const chunk of passing(source)) {
    if (!isDecided) {
      refuseNul(chunk);
      if (!isAscii(chunk)) {
        scanner.decodeAs(singleByteOf(await textForm(source, new Uint8Array(0))));
        isDecided = true;
      }
    }
    yield chunk;
  }
}

/** The encoding that the scanner sees: UTF-16 comes to it as UTF-8. */
function singleByteOf(form: TextForm | undefined): 'utf-8' | 'windows-1252' {
  return form?.encoding === 'windows-1252' ? 'windows-1252' : 'utf-8';
}
