import type { RowSource } from '../core/rows.ts';
import { type ByteSource, bytesOf, head, whole } from './byte-source.ts';
import { csvRows } from './csv-rows.ts';
import type { FileContent } from './file-content.ts';
import { fileKind } from './file-kind.ts';
import { jsonRows, LARGEST_JSON_BYTES } from './json-rows.ts';
import { LARGEST_OLD_WORKBOOK_BYTES, oldWorkbookRows } from './old-workbook-rows.ts';
import { wholeText } from './text-encoding.ts';
import { UnreadableFile } from './unreadable-file.ts';
import { zipRows } from './zip-rows.ts';

const HEAD_BYTES = 4_096;

/**
 * Opens the table in a file, whatever its name says: the content alone tells the format.
 * @throws UnreadableFile here, or while the batches are read
 */
export async function openRows(content: FileContent): Promise<RowSource> {
  const source = bytesOf(content);
  const kind = fileKind(await head(source, HEAD_BYTES));
  switch (kind) {
    case 'blank':
      throw new UnreadableFile('empty');
    case 'json':
    case 'json-string':
      return jsonRows(await text(source));
    case 'text':
      return csvRows(source);
    case 'zip':
      return zipRows(content);
    case 'compound':
    case 'bare-biff':
      return oldWorkbookRows(await whole(source, LARGEST_OLD_WORKBOOK_BYTES));
    case 'gzip':
      throw new UnreadableFile('unsupported', kind);
    case 'markup':
    case 'binary':
      throw new UnreadableFile('not-a-table', kind);
    default:
      return kind satisfies never;
  }
}

async function text(source: ByteSource): Promise<string> {
  return wholeText(await whole(source, LARGEST_JSON_BYTES));
}
