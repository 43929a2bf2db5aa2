import type { RowSource } from '../core/rows.ts';
import { type ByteSource, bytesOf, head, whole } from './byte-source.ts';
import { csvRows } from './csv-rows.ts';
import type { FileContent } from './file-content.ts';
import { type FileKind, fileKind } from './file-kind.ts';
import { gunzipped } from './gzip-bytes.ts';
import { wholeText } from './text-encoding.ts';
import { UnreadableFile } from './unreadable-file.ts';

const HEAD_BYTES = 4_096;
/** A JSON text within a string is unpacked in memory: it comes in the body of a call. */
const LARGEST_JSON_STRING_BYTES = 100_000_000;
/** A workbook is compressed already, so a gzip file of one is small, and unpacked in memory. */
const LARGEST_PACKED_WORKBOOK_BYTES = 200_000_000;

/** Bytes to be read in order, and the way to have them for reading anywhere. */
interface Opened {
  readonly source: ByteSource;
  readonly content: () => Promise<FileContent>;
}

/**
 * Opens the table in a file, whatever its name says: the content alone tells the format. A gzip file is opened as what it holds.
 * @throws UnreadableFile here, or while the batches are read
 */
export async function openRows(content: FileContent): Promise<RowSource> {
  const source = bytesOf(content);
  return (await kindOf(source)) === 'gzip' ? packedRows(gunzipped(source)) : plainRows({ source, content: () => Promise.resolve(content) });
}

function packedRows(source: ByteSource): Promise<RowSource> {
  return plainRows({ source, content: async () => ({ kind: 'bytes', bytes: await whole(source, LARGEST_PACKED_WORKBOOK_BYTES) }) });
}

async function plainRows({ source, content }: Opened): Promise<RowSource> {
  const kind = await kindOf(source);
  switch (kind) {
    case 'blank':
      throw new UnreadableFile('empty');
    case 'json':
      return jsonTextRows(source);
    case 'json-string':
      return (await jsonStringRows(source)) ?? csvRows(source);
    case 'text':
      return csvRows(source);
    case 'zip': {
      const { zipRows } = await import('./zip-rows.ts');
      return zipRows(await content());
    }
    case 'compound':
    case 'bare-biff':
      return binaryWorkbookRows(source, kind);
    case 'gzip':
      throw new UnreadableFile('unsupported', 'gzip inside of gzip');
    case 'markup':
    case 'binary':
      throw new UnreadableFile('not-a-table', kind);
    default:
      return kind satisfies never;
  }
}

async function kindOf(source: ByteSource): Promise<FileKind> {
  const start = await head(source, HEAD_BYTES);
  const kind = fileKind(start);
  return kind === 'blank' && start.length === HEAD_BYTES ? 'text' : kind;
}

// What reads a format is loaded when a file has it: a csv does not wait for it.

async function jsonTextRows(source: ByteSource): Promise<RowSource> {
  const { hasJsonLines, jsonLineRows } = await import('./json-lines.ts');
  if (await hasJsonLines(source)) return jsonLineRows(source);
  const { jsonRows } = await import('./json-rows.ts');
  return jsonRows(source);
}

async function jsonStringRows(source: ByteSource): Promise<RowSource | undefined> {
  const { jsonStringRows: read } = await import('./json-rows.ts');
  return read(wholeText(await whole(source, LARGEST_JSON_STRING_BYTES)));
}

async function binaryWorkbookRows(source: ByteSource, kind: 'compound' | 'bare-biff'): Promise<RowSource> {
  const { LARGEST_OLD_WORKBOOK_BYTES, oldWorkbookRows } = await import('./old-workbook-rows.ts');
  const bytes = await whole(source, LARGEST_OLD_WORKBOOK_BYTES);
  if (kind === 'compound') {
    const { checkCompoundWorkbook } = await import('./compound-workbook.ts');
    await checkCompoundWorkbook(bytes);
  }
  return oldWorkbookRows(bytes);
}
