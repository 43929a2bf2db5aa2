import { posix } from 'node:path';
import { refuseManySheets } from '../table-limits.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { entryBytes, type ZipArchive } from '../zip-archive.ts';
import { nameCode, type XmlAttributes, XmlScanner } from './xml-scanner.ts';
import { attributeText } from './xml-text.ts';

/** Where the parts of a workbook are in its zip file. */
export interface WorkbookParts {
  readonly epoch: 1900 | 1904;
  /** The visible worksheets, in the order of the tabs. */
  readonly sheets: readonly SheetPart[];
  readonly sharedStrings: string | undefined;
}

interface SheetPart {
  readonly name: string;
  /** Entry name. */
  readonly part: string;
}

interface Relationship {
  readonly type: string;
  readonly target: string;
}

const LARGEST_PART_BYTES = 32 * 1024 * 1024;

/** The name of the main part of an office file, or `undefined` where it says none. */
export async function mainPart(archive: ZipArchive): Promise<string | undefined> {
  const relationships = await relationshipsOf(archive, '');
  return [...relationships.values()].find(({ type }) => type.endsWith('/officeDocument'))?.target;
}

/**
 * Reads the workbook part and its relationships.
 * @throws UnreadableFile
 */
export async function workbookParts(archive: ZipArchive, workbook: string): Promise<WorkbookParts> {
  const relationships = await relationshipsOf(archive, workbook);
  const listed: { readonly id: string; readonly name: string; readonly hidden: boolean }[] = [];
  let epoch: 1900 | 1904 = 1900;
  let isWorkbook = false;
  await eachElement(archive, workbook, (name, attributes) => {
    if (name === nameCode('workbook')) isWorkbook = true;
    else if (name === nameCode('sheet')) {
      refuseManySheets(listed.length + 1);
      listed.push({
        id: attributeText(attributes, nameCode('id')) ?? '',
        name: attributeText(attributes, nameCode('name')) ?? '',
        hidden: /hidden/iu.test(attributeText(attributes, nameCode('state')) ?? ''),
      });
    } else if (name === nameCode('workbookPr') && /^(?:1|true)$/iu.test(attributeText(attributes, nameCode('date1904')) ?? '')) epoch = 1904;
  });
  if (!isWorkbook) throw new UnreadableFile('not-a-table', 'an office file that is no workbook');
  const sheets = (hidden: boolean) =>
    listed.flatMap((sheet) => {
      const relationship = relationships.get(sheet.id);
      if (relationship === undefined) throw new UnreadableFile('corrupt', `sheet ${sheet.id} has no part`);
      return sheet.hidden === hidden && relationship.type.endsWith('/worksheet') ? [{ name: sheet.name, part: relationship.target }] : [];
    });
  const visible = sheets(false);
  const strings = [...relationships.values()].find(({ type }) => type.endsWith('/sharedStrings'));
  return { epoch, sheets: visible.length > 0 ? visible : sheets(true), sharedStrings: strings?.target };
}

/** The relationships of a part, by id; of the whole file for the part `''`. Targets outside of the file are left out. */
async function relationshipsOf(archive: ZipArchive, part: string): Promise<ReadonlyMap<string, Relationship>> {
  const folder = posix.dirname(`/${part}`);
  const relationships = new Map<string, Relationship>();
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`).slice(1);
  if (!archive.entries.has(name)) return relationships;
  await eachElement(archive, name, (element, attributes) => {
    if (element !== nameCode('Relationship') || attributeText(attributes, nameCode('TargetMode')) === 'External') return;
    const target = posix.resolve(folder, (attributeText(attributes, nameCode('Target')) ?? '').replaceAll('\\', '/'));
    relationships.set(attributeText(attributes, nameCode('Id')) ?? '', { type: attributeText(attributes, nameCode('Type')) ?? '', target: target.slice(1).toLowerCase() });
  });
  return relationships;
}

async function eachElement(archive: ZipArchive, part: string, open: (name: number, attributes: XmlAttributes) => void): Promise<void> {
  const entry = archive.entries.get(part);
  if (entry === undefined) throw new UnreadableFile('corrupt', `${part} is missing`);
  const scanner = new XmlScanner({ open, text: () => {}, close: () => {} });
  scanner.feed(await entryBytes(archive, entry, LARGEST_PART_BYTES));
  scanner.end();
}
