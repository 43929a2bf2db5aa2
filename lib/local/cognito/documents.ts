import { DatabaseSync } from 'node:sqlite';
import type * as z from 'zod';

/** Documents of one kind, each in a pool under an id. Every write is on disk when it returns. */
export interface Collection<Document> {
  get(pool: string, id: string): Document | undefined;
  /** In whatever pool it is: only for ids that are unique over all of them. */
  find(id: string): Document | undefined;
  put(pool: string, id: string, document: Document): void;
  remove(pool: string, id: string): void;
  /** With their ids, in the order of the ids, behind `after`. */
  all(pool: string, after?: string): readonly (readonly [string, Document])[];
  /** Those that `ownerOf` says belong to the owner. */
  ownedBy(pool: string, owner: string): readonly (readonly [string, Document])[];
}

export interface DocumentStore {
  collection<Schema extends z.ZodType>(kind: string, schema: Schema, ownerOf?: (document: z.infer<Schema>) => string): Collection<z.infer<Schema>>;
  close(): void;
}

/** Opens the store, alone: a second server on the same file is refused ("database is locked"). */
export function openDocuments(path: string): DocumentStore {
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS document (kind TEXT NOT NULL, pool TEXT NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, pool, id)) STRICT;
    CREATE INDEX IF NOT EXISTS document_of_owner ON document (kind, pool, owner, id);
    CREATE INDEX IF NOT EXISTS document_by_id ON document (kind, id);
  `);
  const one = database.prepare('SELECT id, body FROM document WHERE kind = ? AND pool = ? AND id = ?');
  const anywhere = database.prepare('SELECT id, body FROM document WHERE kind = ? AND id = ?');
  const upsert = database.prepare('INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?)');
  const erase = database.prepare('DELETE FROM document WHERE kind = ? AND pool = ? AND id = ?');
  const many = database.prepare('SELECT id, body FROM document WHERE kind = ? AND pool = ? AND id > ? ORDER BY id');
  const owned = database.prepare('SELECT id, body FROM document WHERE kind = ? AND pool = ? AND owner = ? ORDER BY id');
  return {
    collection(kind, schema, ownerOf = () => '') {
      const read = (row: Record<string, unknown>) => [String(row['id']), schema.parse(JSON.parse(String(row['body'])))] as const;
      return {
        get: (pool, id) => optional(one.get(kind, pool, id), read)?.[1],
        find: (id) => optional(anywhere.get(kind, id), read)?.[1],
        put: (pool, id, document) => void upsert.run(kind, pool, id, ownerOf(document), JSON.stringify(document)),
        remove: (pool, id) => void erase.run(kind, pool, id),
        all: (pool, after = '') => many.all(kind, pool, after).map(read),
        ownedBy: (pool, owner) => owned.all(kind, pool, owner).map(read),
      };
    },
    close: () => database.close(),
  };
}

function optional<Value, Result>(value: Value | undefined, read: (value: Value) => Result): Result | undefined {
  return value === undefined ? undefined : read(value);
}
