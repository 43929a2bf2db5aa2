import type { Cell, Row, RowSource } from '../core/rows.ts';
import { batchesOf } from './row-batches.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** V8 holds no longer string than 512 MiB; below that the parsed objects still have to fit beside it. */
export const LARGEST_JSON_BYTES = 400_000_000;

export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Rows of a JSON text: an array of objects or of arrays, or `{"<sheet>": [rows]}`.
 * Objects give a header row first: their keys, in the order in which they first occur.
 * @throws UnreadableFile
 */
export function jsonRows(text: string): RowSource {
  const elements = elementsOf(parsed(text));
  if (elements.length === 0) throw new UnreadableFile('empty', 'no rows in the JSON text');
  return { epoch: 1900, typed: true, batches: batchesOf(elements.every(Array.isArray) ? arrayRows(elements) : objectRows(elements)) };
}

/**
 * Rows of a JSON text within a JSON string, as the old back office sent it; `undefined` where the text is no JSON string.
 * @throws UnreadableFile
 */
export function jsonStringRows(text: string): RowSource | undefined {
  const inner = stringOf(text);
  if (inner?.trim() === '') throw new UnreadableFile('empty', 'an empty JSON string');
  return inner === undefined ? undefined : jsonRows(inner);
}

/** The rows of an object with sheets: the first sheet that has rows. An object without sheets is one row. */
function elementsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) throw new UnreadableFile('not-a-table', 'JSON text without rows');
  const values = Object.values(value);
  const sheets = values.filter(Array.isArray);
  if (sheets.length === 0 && values.length > 0) return [value];
  return sheets.find((sheet) => sheet.length > 0) ?? [];
}

function* arrayRows(rows: readonly (readonly unknown[])[]): Generator<Row> {
  for (const row of rows) yield row.map(cellOf);
}

function objectRows(elements: readonly unknown[]): Iterable<Row> {
  const keys = new Set<string>();
  for (const element of elements) for (const key of Object.keys(objectOf(element))) keys.add(key);
  return rowsWithHeader([...keys], elements);
}

function* rowsWithHeader(header: readonly string[], elements: readonly unknown[]): Generator<Row> {
  yield header;
  for (const element of elements) yield objectRow(objectOf(element), header);
}

/** The values of an object by the header's order. Only own values count: a column may be called `constructor`. */
export function objectRow(object: JsonObject, header: readonly string[]): Row {
  return header.map((key) => (key in Object.prototype && !Object.hasOwn(object, key) ? null : cellOf(object[key])));
}

/** @throws UnreadableFile `not-a-table` where an element is no object */
export function objectOf(element: unknown): JsonObject {
  if (!isObject(element)) throw new UnreadableFile('not-a-table', 'a row that is no object');
  return element;
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws UnreadableFile `corrupt` */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableFile('corrupt', String(error));
  }
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
