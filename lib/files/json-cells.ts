import type { Cell, Row } from '../core/rows.ts';
import { refuseSparse, refuseWide } from './table-limits.ts';
import { UnreadableFile } from './unreadable-file.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Gathers the keys of objects, in the order in which they first occur. */
export class Header {
  readonly #keys = new Set<string>();
  #objects = 0;
  #values = 0;

  get keys(): readonly string[] {
    return [...this.#keys];
  }

  /** @throws UnreadableFile `too-large` where the objects have too many keys, or too few of them in common */
  add(object: JsonObject): void {
    const keys = Object.keys(object);
    for (const key of keys) this.#keys.add(key);
    this.#objects++;
    this.#values += keys.length;
    refuseWide(this.#keys.size);
    refuseSparse(this.#objects * this.#keys.size - this.#values, this.#values);
  }
}

/** Gives the values of objects by the header's order. Only own values count: a column may be called `constructor`. */
export function rowReader(header: readonly string[]): (object: JsonObject) => Row {
  const isInherited = header.some((key) => key in Object.prototype);
  if (!isInherited) return (object) => header.map((key) => jsonCell(object[key]));
  return (object) => header.map((key) => (Object.hasOwn(object, key) ? jsonCell(object[key]) : null));
}

/** A JSON value as a cell: objects and arrays are their JSON text. */
export function jsonCell(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : nestedText(value);
}

/** @throws UnreadableFile `not-a-table` where a row is no object */
export function objectOf(element: unknown): JsonObject {
  if (!isObject(element)) throw new UnreadableFile('not-a-table', 'a row that is no object');
  return element;
}

export function isObject(value: unknown): value is JsonObject {
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

function nestedText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw new UnreadableFile('too-large', String(error));
  }
}
