import type { CellBlock, Row, RowSource } from '../core/rows.ts';
import { type ByteSource, head, passing } from './byte-source.ts';
import { delimiterOf } from './csv-delimiter.ts';
import { CsvScanner } from './csv-scanner.ts';
import { singleByteDelimited, type TextForm, textForm } from './text-encoding.ts';

const HEAD_BYTES = 64 * 1024;

/**
 * Rows of delimited text, read as it streams.
 * @throws UnreadableFile
 */
export async function csvRows(source: ByteSource): Promise<RowSource> {
  const start = await head(source, HEAD_BYTES);
  const form = await textForm(source, start);
  const delimiter = delimiterOf(new TextDecoder(form.encoding).decode(start));
  const rows = { epoch: 1900, typed: false, batches: batches(source, form, delimiter), blocks: blocks(source, form, delimiter) } as const;
  return source.fractionRead === undefined ? rows : { ...rows, fractionRead: source.fractionRead };
}

async function* batches(source: ByteSource, form: TextForm, delimiter: string): AsyncGenerator<readonly Row[]> {
  for await (const block of blocks(source, form, delimiter)) yield Array.from({ length: block.rowCount }, (_, index) => block.row(index));
}

async function* blocks(source: ByteSource, form: TextForm, delimiter: string): AsyncGenerator<CellBlock> {
  const scanner = new CsvScanner(delimiter, form.encoding === 'windows-1252' ? 'windows-1252' : 'utf-8');
  for await (const chunk of singleByteDelimited(passing(source), form)) {
    const block = scanner.feedBlock(chunk);
    if (block.rowCount > 0) yield block;
  }
  const block = scanner.endBlock();
  if (block.rowCount > 0) yield block;
}
