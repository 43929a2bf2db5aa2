import type { Row, RowSource } from '../core/rows.ts';
import { type ByteSource, bytesOf, head } from './byte-source.ts';
import { Header, isObject, jsonCell, objectOf, rowReader } from './json-cells.ts';
import { JsonSplitter } from './json-splitter.ts';
import { batchesOf } from './row-batches.ts';
import { refuseWide } from './table-limits.ts';
import { singleByteDelimited, type TextForm, textForm } from './text-encoding.ts';
import { UnreadableFile } from './unreadable-file.ts';

const HEAD_BYTES = 4;

/** What a first reading of a JSON text finds out. */
interface Survey {
  /** The keys of all objects, in the order in which they first occur; `undefined` where the rows are arrays. */
  readonly header: readonly string[] | undefined;
  readonly elements: number;
  /** The text without its table. */
  readonly around: unknown;
}

/**
 * Rows of a JSON text: an array of objects or of arrays, or `{"<sheet>": [rows]}`, of which the first sheet that has rows counts.
 * Objects give a header row first. The text is read twice, as any row may bring a new key, and never held whole.
 * @throws UnreadableFile
 */
export async function jsonRows(source: ByteSource): Promise<RowSource> {
  const form = await textForm(source, await head(source, HEAD_BYTES));
  const { header, elements, around } = await survey(source, form);
  if (elements === 0) return { epoch: 1900, typed: true, batches: batchesOf(onlyRow(around)) };
  return { epoch: 1900, typed: true, batches: batches(source, form, header) };
}

/**
 * Rows of a JSON text within a JSON string, as the old back office sent it; `undefined` where the text is no JSON string.
 * @throws UnreadableFile
 */
export async function jsonStringRows(text: string): Promise<RowSource | undefined> {
  const inner = stringOf(text);
  if (inner?.trim() === '') throw new UnreadableFile('empty', 'an empty JSON string');
  return inner === undefined ? undefined : jsonRows(bytesOf({ kind: 'bytes', bytes: Buffer.from(inner) }));
}

async function survey(source: ByteSource, form: TextForm): Promise<Survey> {
  const splitter = new JsonSplitter(decoderOf(form));
  const header = new Header();
  let elements = 0;
  let arrays = 0;
  for await (const chunk of singleByteDelimited(source.chunks(), form)) {
    for (const element of splitter.feed(chunk)) {
      elements++;
      if (Array.isArray(element)) arrays++;
      else header.add(objectOf(element));
    }
  }
  const around = splitter.end();
  if (arrays > 0 && arrays < elements) throw new UnreadableFile('not-a-table', 'rows of which some are arrays and some objects');
  return { header: arrays > 0 ? undefined : header.keys, elements, around };
}

async function* batches(source: ByteSource, form: TextForm, header: readonly string[] | undefined): AsyncGenerator<readonly Row[]> {
  if (header !== undefined) yield [header];
  const rowOf = header === undefined ? arrayRow : objectRows(header);
  const splitter = new JsonSplitter(decoderOf(form));
  for await (const chunk of singleByteDelimited(source.chunks(), form)) {
    const elements = splitter.feed(chunk);
    if (elements.length > 0) yield elements.map(rowOf);
  }
}

function objectRows(header: readonly string[]): (element: unknown) => Row {
  const read = rowReader(header);
  return (element) => read(objectOf(element));
}

function arrayRow(element: unknown): Row {
  const cells: readonly unknown[] = Array.isArray(element) ? element : [];
  refuseWide(cells.length);
  return cells.map(jsonCell);
}

/** A text without a table: one object is one row, as in a file of JSON lines that has one line. */
function onlyRow(value: unknown): readonly Row[] {
  const isTable = Array.isArray(value) || (isObject(value) && Object.values(value).some(Array.isArray));
  if (isTable || !isObject(value) || Object.keys(value).length === 0) throw new UnreadableFile('empty', 'no rows in the JSON text');
  const header = Object.keys(value);
  return [header, rowReader(header)(value)];
}

function decoderOf({ encoding }: TextForm): (bytes: Buffer) => string {
  const decoder = new TextDecoder(encoding === 'windows-1252' ? 'windows-1252' : 'utf-8');
  return (bytes) => decoder.decode(bytes);
}

/** A quoted CSV header begins like a JSON string, so what does not parse is no error here. */
function stringOf(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
