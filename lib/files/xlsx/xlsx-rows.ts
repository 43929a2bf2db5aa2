import type { Row, RowSource } from '../../core/rows.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { entryChunks, type ZipArchive } from '../zip-archive.ts';
import { sharedStrings } from './shared-strings.ts';
import { SheetScan } from './sheet-scan.ts';
import { TextPool } from './text-pool.ts';
import { type WorkbookParts, workbookParts } from './workbook-parts.ts';

/**
 * Rows of the first visible sheet of an xlsx workbook that has any cell, read as they are inflated.
 * @throws UnreadableFile
 */
export async function xlsxRows(archive: ZipArchive, workbook: string): Promise<RowSource> {
  const parts = await workbookParts(archive, workbook);
  if (parts.sheets.length === 0) throw new UnreadableFile('no-sheet');
  return { epoch: parts.epoch, typed: true, batches: batches(archive, parts) };
}

async function* batches(archive: ZipArchive, parts: WorkbookParts): AsyncGenerator<readonly Row[]> {
  const strings = parts.sharedStrings === undefined ? new TextPool() : await sharedStrings(chunksOf(archive, parts.sharedStrings));
  for (const sheet of parts.sheets) {
    let filled = false;
    const scan = new SheetScan(strings);
    const blank: Row[] = [];
    for await (const chunk of chunksOf(archive, sheet)) {
      const rows = scan.feed(chunk);
      filled ||= rows.some((row) => row.some((cell) => cell !== null));
      if (!filled) for (const row of rows) blank.push(row);
      else if (rows.length > 0) yield blank.length > 0 ? blank.splice(0).concat(rows) : rows;
    }
    scan.end();
    if (filled) return;
  }
  throw new UnreadableFile('empty', 'no sheet of the workbook has cells');
}

function chunksOf(archive: ZipArchive, part: string): AsyncIterable<Buffer> {
  const entry = archive.entries.get(part);
  if (entry === undefined) throw new UnreadableFile('corrupt', `${part} is missing`);
  return entryChunks(archive, entry);
}
