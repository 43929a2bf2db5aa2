import type { Row, RowSource, Sheet } from '../../core/rows.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { entryChunks, type ZipArchive } from '../zip-archive.ts';
import { sharedStrings } from './shared-strings.ts';
import { SheetScan } from './sheet-scan.ts';
import { TextPool } from './text-pool.ts';
import { type WorkbookParts, workbookParts } from './workbook-parts.ts';

/**
 * Rows of the first visible sheet of an xlsx workbook that has any cell, and of each sheet, read as they are inflated.
 * @throws UnreadableFile
 */
export async function xlsxRows(archive: ZipArchive, workbook: string): Promise<RowSource> {
  const parts = await workbookParts(archive, workbook);
  if (parts.sheets.length === 0) throw new UnreadableFile('no-sheet');
  const strings = once(() => sharedTexts(archive, parts));
  const sheets = parts.sheets.map(({ name, part }) => ({ name, batches: sheetBatches(archive, part, strings) }));
  return { epoch: parts.epoch, typed: true, batches: firstFilled(sheets), sheets };
}

async function* firstFilled(sheets: readonly Sheet[]): AsyncGenerator<readonly Row[]> {
  for (const { batches } of sheets) {
    let filled = false;
    for await (const rows of batches) {
      filled = true;
      yield rows;
    }
    if (filled) return;
  }
  throw new UnreadableFile('empty', 'no sheet of the workbook has cells');
}

async function* sheetBatches(archive: ZipArchive, part: string, strings: () => Promise<TextPool>): AsyncGenerator<readonly Row[]> {
  let filled = false;
  const scan = new SheetScan(await strings());
  const blank: Row[] = [];
  for await (const chunk of chunksOf(archive, part)) {
    const rows = scan.feed(chunk);
    filled ||= rows.some((row) => row.some((cell) => cell !== null));
    if (!filled) for (const row of rows) blank.push(row);
    else if (rows.length > 0) yield blank.length > 0 ? blank.splice(0).concat(rows) : rows;
  }
  scan.end();
}

async function sharedTexts(archive: ZipArchive, { sharedStrings: part }: WorkbookParts): Promise<TextPool> {
  return part === undefined ? new TextPool() : sharedStrings(chunksOf(archive, part));
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function chunksOf(archive: ZipArchive, part: string): AsyncIterable<Buffer> {
  const entry = archive.entries.get(part);
  if (entry === undefined) throw new UnreadableFile('corrupt', `${part} is missing`);
  return entryChunks(archive, entry);
}
