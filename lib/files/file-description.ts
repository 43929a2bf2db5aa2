import { type ByteSource, bytesOf, head } from './byte-source.ts';
import { type Delimiter, delimiterOf } from './csv-delimiter.ts';
import type { FileContent } from './file-content.ts';
import { fileKind } from './file-kind.ts';
import { gunzipped } from './gzip-bytes.ts';
import { hasJsonLines } from './json-lines.ts';
import { type TextEncoding, textForm } from './text-encoding.ts';
import { mainPart } from './xlsx/workbook-parts.ts';
import { openArchive } from './zip-archive.ts';

/** What the content of a file says about its format, for people who wonder. */
export interface FileDescription {
  readonly format: 'xlsx' | 'xlsb' | 'xls' | 'ods' | 'csv' | 'json' | 'ndjson' | 'workbook' | 'unknown';
  readonly packed: boolean;
  /** Of a text. */
  readonly encoding?: TextEncoding;
  /** Of a csv. */
  readonly delimiter?: Delimiter;
}

const HEAD_BYTES = 64 * 1024;

/**
 * Names the format of a file that can be opened.
 * @throws UnreadableFile
 */
export async function fileDescription(content: FileContent): Promise<FileDescription> {
  const source = bytesOf(content);
  const packed = fileKind(await head(source, HEAD_BYTES)) === 'gzip';
  return packed ? describe(gunzipped(source), undefined, true) : describe(source, content, false);
}

async function describe(source: ByteSource, content: FileContent | undefined, packed: boolean): Promise<FileDescription> {
  const start = await head(source, HEAD_BYTES);
  switch (fileKind(start)) {
    case 'json':
      return { format: (await hasJsonLines(source)) ? 'ndjson' : 'json', packed, encoding: (await textForm(source, start)).encoding };
    case 'json-string':
      return { format: 'json', packed, encoding: (await textForm(source, start)).encoding };
    case 'text': {
      const { encoding } = await textForm(source, start);
      return { format: 'csv', packed, encoding, delimiter: delimiterOf(new TextDecoder(encoding).decode(start)) };
    }
    case 'zip':
      return { format: content === undefined ? 'workbook' : await zipFormat(content), packed };
    case 'compound':
    case 'bare-biff':
      return { format: 'xls', packed };
    default:
      return { format: 'unknown', packed };
  }
}

async function zipFormat(content: FileContent): Promise<FileDescription['format']> {
  const archive = await openArchive(content);
  if (archive.entries.has('mimetype')) return 'ods';
  return (await mainPart(archive))?.endsWith('.bin') === true ? 'xlsb' : 'xlsx';
}
