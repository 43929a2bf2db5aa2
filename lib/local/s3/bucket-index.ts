import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Bucket } from './stored-object.ts';

export interface BucketIndex {
  get(name: string): Bucket | undefined;
  /** By name. */
  all(): readonly Bucket[];
  put(bucket: Bucket): void;
}

const Row = z
  .object({ name: z.string(), versioning: z.enum(['Enabled', 'Suspended']).nullable(), tls_only: z.number(), created: z.number() })
  .transform((row): Bucket => ({ name: row.name, versioning: row.versioning ?? undefined, tlsOnly: row.tls_only === 1, created: new Date(row.created) }));

export function bucketIndex(database: DatabaseSync): BucketIndex {
  const one = database.prepare('SELECT * FROM bucket WHERE name = ?');
  const every = database.prepare('SELECT * FROM bucket ORDER BY name');
  const upsert = database.prepare('INSERT INTO bucket VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET versioning = excluded.versioning, tls_only = excluded.tls_only');
  return {
    get: (name) => Row.optional().parse(one.get(name)),
    all: () => z.array(Row).parse(every.all()),
    put: ({ name, versioning, tlsOnly, created }) => void upsert.run(name, versioning ?? null, tlsOnly ? 1 : 0, created.getTime()),
  };
}
