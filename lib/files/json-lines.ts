import type { Row, RowSource } from '../core/rows.ts';
import { type ByteSource, head } from './byte-source.ts';
import { Header, type JsonObject, objectOf, parsed, rowReader } from './json-cells.ts';
import { singleByteDelimited, type TextForm, textForm, wholeText } from './text-encoding.ts';
import { UnreadableFile } from './unreadable-file.ts';

const HEAD_BYTES = 64 * 1024;
const LINE_FEED = 0x0a;
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;

/** Whether text that begins like a JSON object is one object a line: its first line is a whole one and more follow. */
export async function hasJsonLines(source: ByteSource): Promise<boolean> {
  const start = wholeText(await head(source, HEAD_BYTES)).trimStart();
  const end = start.search(/[\r\n]/u);
  if (end === -1 || start.slice(end).trim() === '') return false;
  try {
    return typeof JSON.parse(start.slice(0, end)) === 'object';
  } catch {
    return false;
  }
}

/**
 * Rows of a file with one JSON object a line: a header row of all keys, then the values. Reads the file twice, as any line may bring a new key.
 * @throws UnreadableFile
 */
export async function jsonLineRows(source: ByteSource): Promise<RowSource> {
  const form = await textForm(source, await head(source, HEAD_BYTES));
  return { epoch: 1900, typed: true, batches: batches(source, form) };
}

async function* batches(source: ByteSource, form: TextForm): AsyncGenerator<readonly Row[]> {
  const header = new Header();
  for await (const objects of objectBatches(source, form)) for (const object of objects) header.add(object);
  const { keys } = header;
  const rowOf = rowReader(keys);
  yield [keys];
  for await (const objects of objectBatches(source, form)) yield objects.map(rowOf);
}

async function* objectBatches(source: ByteSource, form: TextForm): AsyncGenerator<readonly JsonObject[]> {
  const decoder = new TextDecoder(form.encoding === 'windows-1252' ? 'windows-1252' : 'utf-8');
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of singleByteDelimited(source.chunks(), form)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    rest = bytes.subarray(end);
    if (rest.length > LONGEST_LINE_BYTES) throw new UnreadableFile('too-large', 'a JSON line of more than 16 MB');
    if (end > 0) yield objectsOf(decoder.decode(bytes.subarray(0, end)));
  }
  yield objectsOf(decoder.decode(rest));
}

function objectsOf(lines: string): readonly JsonObject[] {
  const objects: JsonObject[] = [];
  for (const line of lines.split('\n')) if (line.trim() !== '') objects.push(objectOf(parsed(line)));
  return objects;
}
