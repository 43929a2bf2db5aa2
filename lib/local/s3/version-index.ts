import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { type AnyVersion, type Bucket, type NewObject, ObjectAttributes, type ObjectVersion } from './stored-object.ts';

/** The versions of all objects. */
export interface VersionIndex {
  latest(bucket: string, key: string): AnyVersion | undefined;
  get(bucket: string, key: string, versionId: string): AnyVersion | undefined;
  /** Adds a version, or replaces the only one where the bucket keeps none. Also gives the bytes that nothing names any more. */
  put(bucket: Bucket, object: NewObject, modified: Date): { readonly version: ObjectVersion; readonly orphans: readonly string[] };
  /** What DELETE without a version does: a marker where the bucket keeps versions, else the end of the object. */
  hide(bucket: Bucket, key: string, modified: Date): { readonly markerId: string | undefined; readonly orphans: readonly string[] };
  /** Removes one version for good; the one before it becomes the latest. */
  remove(bucket: string, version: AnyVersion): readonly string[];
  /** Latest versions that are objects, from a key (included), by key. */
  objectsFrom(bucket: string, from: Uint8Array): Iterable<AnyVersion>;
  /** All versions from a key (included), by key, newest first; `olderThan` leaves out the versions of `from` with a sequence as high or higher. */
  versionsFrom(bucket: string, from: Uint8Array, olderThan: number): Iterable<AnyVersion>;
  names(bytesId: string): boolean;
}

const Row = z
  .object({
    sequence: z.number(),
    key: z.instanceof(Uint8Array).transform((key) => Buffer.from(key).toString()),
    version_id: z.string(),
    latest: z.number(),
    modified: z.number(),
    bytes_id: z.string().nullable(),
    size: z.number(),
    e_tag: z.string(),
    attributes: z.string(),
  })
  .transform((row): AnyVersion => {
    const version = { key: row.key, versionId: row.version_id, sequence: row.sequence, latest: row.latest === 1, modified: new Date(row.modified) };
    if (row.bytes_id === null) return { ...version, deleteMarker: true };
    return { ...version, deleteMarker: false, bytesId: row.bytes_id, size: row.size, eTag: row.e_tag, attributes: ObjectAttributes.parse(JSON.parse(row.attributes)) };
  });

const UNVERSIONED = 'null';

export function versionIndex(database: DatabaseSync): VersionIndex {
  const latest = database.prepare('SELECT * FROM version WHERE bucket = ? AND key = ? AND latest = 1');
  const byId = database.prepare('SELECT * FROM version WHERE bucket = ? AND key = ? AND version_id = ?');
  const demote = database.prepare('UPDATE version SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1');
  const promote = database.prepare('UPDATE version SET latest = 1 WHERE sequence = (SELECT MAX(sequence) FROM version WHERE bucket = ? AND key = ?)');
  const insert = database.prepare('INSERT INTO version (bucket, key, version_id, latest, modified, bytes_id, size, e_tag, attributes) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?)');
  const erase = database.prepare('DELETE FROM version WHERE sequence = ?');
  const named = database.prepare('SELECT 1 FROM version WHERE bytes_id = ?');

  const get = (bucket: string, key: string, versionId: string) => Row.optional().parse(byId.get(bucket, blob(key), versionId));
  const eraseUnversioned = (bucket: string, key: string): readonly string[] => {
    const version = get(bucket, key, UNVERSIONED);
    if (version === undefined) return [];
    erase.run(version.sequence);
    return bytesOf(version);
  };
  const add = (bucket: Bucket, key: string, modified: Date, object: NewObject | undefined) => {
    const versionId = bucket.versioning === 'Enabled' ? newVersionId() : UNVERSIONED;
    const orphans = versionId === UNVERSIONED ? eraseUnversioned(bucket.name, key) : [];
    demote.run(bucket.name, blob(key));
    const { lastInsertRowid } = insert.run(
      bucket.name,
      blob(key),
      versionId,
      modified.getTime(),
      object?.bytesId ?? null,
      object?.size ?? 0,
      object?.eTag ?? '',
      JSON.stringify(object?.attributes ?? {}),
    );
    return { orphans, version: { key, versionId, sequence: Number(lastInsertRowid), latest: true, modified } };
  };

  return {
    latest: (bucket, key) => Row.optional().parse(latest.get(bucket, blob(key))),
    get,

    put(bucket, object, modified) {
      const { version, orphans } = add(bucket, object.key, modified, object);
      return { version: { ...object, ...version, deleteMarker: false }, orphans };
    },

    hide(bucket, key, modified) {
      if (bucket.versioning === undefined) return { markerId: undefined, orphans: eraseUnversioned(bucket.name, key) };
      const { version, orphans } = add(bucket, key, modified, undefined);
      return { markerId: version.versionId, orphans };
    },

    remove(bucket, version) {
      erase.run(version.sequence);
      if (version.latest) promote.run(bucket, blob(version.key));
      return bytesOf(version);
    },

    *objectsFrom(bucket, from) {
      // A statement of its own for each walk: two lists may be read at once.
      const rows = database.prepare('SELECT * FROM version WHERE bucket = ? AND key >= ? AND latest = 1 AND bytes_id IS NOT NULL ORDER BY key');
      for (const row of rows.iterate(bucket, from)) yield Row.parse(row);
    },

    *versionsFrom(bucket, from, olderThan) {
      const rows = database.prepare('SELECT * FROM version WHERE bucket = ? AND key >= ? AND (key > ? OR sequence < ?) ORDER BY key, sequence DESC');
      for (const row of rows.iterate(bucket, from, from, olderThan)) yield Row.parse(row);
    },

    names: (bytesId) => named.get(bytesId) !== undefined,
  };
}

function bytesOf(version: AnyVersion): readonly string[] {
  return version.deleteMarker ? [] : [version.bytesId];
}

function newVersionId(): string {
  return randomBytes(24).toString('base64url').replaceAll('-', '.');
}

function blob(key: string): Uint8Array {
  return Buffer.from(key);
}
