import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { Row, RowSource } from '../core/rows.ts';
import { type ByteSource, head } from './byte-source.ts';
import { delimiterOf } from './csv-delimiter.ts';
import { BATCH_ROWS } from './row-batches.ts';
import { singleByteDelimited, type TextForm, textForm } from './text-encoding.ts';
import { UnreadableFile } from './unreadable-file.ts';

const HEAD_BYTES = 64 * 1024;

/**
 * Rows of delimited text, read as it streams.
 * @throws UnreadableFile
 */
export async function csvRows(source: ByteSource): Promise<RowSource> {
  const start = await head(source, HEAD_BYTES);
  const form = await textForm(source, start);
  const delimiter = delimiterOf(new TextDecoder(form.encoding).decode(start));
  return { epoch: 1900, typed: false, batches: batches(source, form, delimiter) };
}

async function* batches(source: ByteSource, form: TextForm, delimiter: string): AsyncGenerator<readonly Row[]> {
  const decoder = new TextDecoder(form.encoding === 'windows-1252' ? 'windows-1252' : 'utf-8', { ignoreBOM: true });
  const text = async function* () {
    for await (const chunk of singleByteDelimited(source, form)) yield decoder.decode(chunk, { stream: true });
  };
  let batch: Row[] = [];
  try {
    for await (const row of Readable.from(text()).pipe(parse({ delimiter, relax_column_count: true, relax_quotes: true }))) {
      batch.push(row);
      if (batch.length < BATCH_ROWS) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableFile('corrupt', error.message);
    throw error;
  }
  if (batch.length > 0) yield batch;
}
