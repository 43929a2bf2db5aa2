import * as z from 'zod';
import { UnreadableFile } from './unreadable-file.ts';
import { withWholeCodeUnits } from './whole-code-units.ts';

const Container = z.object({
  FullPaths: z.array(z.string()),
  FileIndex: z.array(z.object({ size: z.number(), content: z.instanceof(Uint8Array).optional() })),
});

const BEGIN = new Set([0x0009, 0x0209, 0x0409, 0x0809]);
const END = 0x000a;
const FILE_PASS = 0x002f;
const BOUND_SHEET = 0x0085;

/**
 * Checks the container of an xls workbook: the library that reads it takes what it finds, and half a file gives half of the rows.
 * @throws UnreadableFile
 */
export async function checkCompoundWorkbook(bytes: Buffer): Promise<void> {
  const { CFB } = await import('xlsx');
  const { FullPaths: paths, FileIndex: files } = containerOf(() => CFB.read(bytes, { type: 'buffer' }));
  const find = (name: RegExp) => files[paths.findIndex((path) => name.test(path))];
  if (find(/\/EncryptedPackage$/iu) !== undefined) throw new UnreadableFile('encrypted', 'a workbook under a password');
  const stream = find(/\/(?:Workbook|Book)$/iu);
  if (stream === undefined) throw new UnreadableFile('not-a-table', 'an old document that is no workbook');
  const content = stream.content ?? new Uint8Array(0);
  if (content.length < stream.size) throw new UnreadableFile('truncated', `${content.length} of ${stream.size} bytes of the workbook`);
  checkRecords(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
}

function containerOf(read: () => unknown): z.infer<typeof Container> {
  try {
    return Container.parse(withWholeCodeUnits(read));
  } catch (error) {
    throw new UnreadableFile('corrupt', String(error));
  }
}

/** Every part that begins must end, and every announced sheet must begin where it is said to. */
function checkRecords(stream: Buffer): void {
  const begins = new Set<number>();
  const sheets: number[] = [];
  let depth = 0;
  let at = 0;
  for (; at + 4 <= stream.length; ) {
    const type = stream.readUInt16LE(at);
    const length = stream.readUInt16LE(at + 2);
    // Zeros fill the last sector.
    if (type === 0 && length === 0 && depth === 0) break;
    if (at + 4 + length > stream.length) throw new UnreadableFile('truncated', `a record of ${length} bytes at ${at}`);
    if (BEGIN.has(type)) {
      begins.add(at);
      depth++;
    } else if (type === END) depth--;
    else if (type === FILE_PASS) throw new UnreadableFile('encrypted', 'a workbook under a password');
    else if (type === BOUND_SHEET && length >= 4) sheets.push(stream.readUInt32LE(at + 4));
    at += 4 + length;
  }
  if (begins.size === 0) throw new UnreadableFile('corrupt', 'a workbook stream without workbook');
  if (depth !== 0 || sheets.some((offset) => !begins.has(offset))) throw new UnreadableFile('truncated', 'a sheet that does not end');
}
