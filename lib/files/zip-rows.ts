import type { RowSource } from '../core/rows.ts';
import { bytesOf, whole } from './byte-source.ts';
import type { FileContent } from './file-content.ts';
import { OdsSize } from './ods-size.ts';
import { LARGEST_OLD_WORKBOOK_BYTES, oldWorkbookRows } from './old-workbook-rows.ts';
import { UnreadableFile } from './unreadable-file.ts';
import { holdsRecords, XlsbRecords } from './xlsb-records.ts';
import { mainPart } from './xlsx/workbook-parts.ts';
import { xlsxRows } from './xlsx/xlsx-rows.ts';
import { entryBytes, entryChunks, openArchive, type ZipArchive } from './zip-archive.ts';

const SPREADSHEET = /^application\/vnd\.oasis\.opendocument\.spreadsheet/u;
const LARGEST_MANIFEST_BYTES = 4_000_000;
const LARGEST_INFLATED_BYTES = 300_000_000;

/**
 * Rows of a workbook in a zip file: xlsx, xlsb or ods.
 * @throws UnreadableFile
 */
export async function zipRows(content: FileContent): Promise<RowSource> {
  const archive = await openArchive(content);
  const mimetype = archive.entries.get('mimetype');
  if (mimetype !== undefined) {
    if (!SPREADSHEET.test((await entryBytes(archive, mimetype, 1_000)).toString())) throw new UnreadableFile('not-a-table', 'a document that is no spreadsheet');
    const manifest = archive.entries.get('meta-inf/manifest.xml');
    const isEncrypted = manifest !== undefined && (await entryBytes(archive, manifest, LARGEST_MANIFEST_BYTES)).includes('encryption-data');
    if (isEncrypted) throw new UnreadableFile('encrypted', 'an ods workbook under a password');
    return readWhole(archive, content);
  }
  if (!archive.entries.has('[content_types].xml')) throw new UnreadableFile('unsupported', 'a zip file that is no workbook');
  const workbook = await mainPart(archive);
  if (workbook === undefined) throw new UnreadableFile('no-sheet', 'an office file without main part');
  return workbook.endsWith('.bin') ? readWhole(archive, content) : xlsxRows(archive, workbook);
}

/** The library inflates without limits, so each entry is checked first. */
async function readWhole(archive: ZipArchive, content: FileContent): Promise<RowSource> {
  const bytes = await whole(bytesOf(content), LARGEST_OLD_WORKBOOK_BYTES);
  let inflated = 0;
  for (const entry of archive.entries.values()) {
    inflated += entry.uncompressedSize;
    if (inflated > LARGEST_INFLATED_BYTES) throw new UnreadableFile('too-large', `more than ${LARGEST_INFLATED_BYTES} bytes inside`);
  }
  for (const [name, entry] of archive.entries) {
    const size = name === 'content.xml' ? new OdsSize() : undefined;
    const records = holdsRecords(name) ? new XlsbRecords() : undefined;
    for await (const chunk of entryChunks(archive, entry)) {
      size?.feed(chunk);
      records?.feed(chunk);
    }
    records?.end();
  }
  return oldWorkbookRows(bytes);
}
