import { DatabaseSync } from 'node:sqlite';
import { type BucketIndex, bucketIndex } from './bucket-index.ts';
import { type UploadIndex, uploadIndex } from './upload-index.ts';
import { type VersionIndex, versionIndex } from './version-index.ts';

/** What is stored, without its bytes. Every change is whole or not at all, also across a crash. */
export interface Catalogue {
  readonly buckets: BucketIndex;
  readonly versions: VersionIndex;
  readonly uploads: UploadIndex;
  /** Runs several changes as one. */
  atomically<Result>(change: () => Result): Result;
  close(): void;
}

/** Keys are blobs: their order is then the byte order of UTF-8, which is the order of S3's lists. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS bucket (name TEXT PRIMARY KEY, versioning TEXT, tls_only INTEGER NOT NULL, created INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS version (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL, key BLOB NOT NULL, version_id TEXT NOT NULL, latest INTEGER NOT NULL,
    modified INTEGER NOT NULL, bytes_id TEXT, size INTEGER NOT NULL, e_tag TEXT NOT NULL, attributes TEXT NOT NULL) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS version_of_key ON version (bucket, key, version_id);
  CREATE INDEX IF NOT EXISTS version_by_age ON version (bucket, key, sequence DESC);
  CREATE UNIQUE INDEX IF NOT EXISTS latest_version ON version (bucket, key) WHERE latest = 1;
  CREATE INDEX IF NOT EXISTS version_by_bytes ON version (bytes_id);
  CREATE TABLE IF NOT EXISTS upload (id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key BLOB NOT NULL, initiated INTEGER NOT NULL, plan TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS part (
    upload TEXT NOT NULL REFERENCES upload (id) ON DELETE CASCADE, number INTEGER NOT NULL, bytes_id TEXT NOT NULL, size INTEGER NOT NULL,
    e_tag TEXT NOT NULL, checksum TEXT, modified INTEGER NOT NULL, PRIMARY KEY (upload, number)) STRICT;
  CREATE INDEX IF NOT EXISTS part_by_bytes ON part (bytes_id);
`;

/** Opens the catalogue, alone: a second server on the same file is refused ("database is locked"). */
export function openCatalogue(path: string): Catalogue {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  database.exec(SCHEMA);
  const atomically = <Result>(change: () => Result): Result => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = change();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };
  return { buckets: bucketIndex(database), versions: versionIndex(database), uploads: uploadIndex(database), atomically, close: () => database.close() };
}
