import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { ChecksumAlgorithm } from './checksum.ts';
import { ObjectAttributes } from './stored-object.ts';

/** What CreateMultipartUpload said of the object to be. */
const UploadPlan = z
  .object({
    attributes: ObjectAttributes,
    checksum: z
      .object({ algorithm: ChecksumAlgorithm, type: z.enum(['FULL_OBJECT', 'COMPOSITE']) })
      .readonly()
      .optional(),
  })
  .readonly();
export type UploadPlan = z.infer<typeof UploadPlan>;

export interface Upload extends UploadPlan {
  readonly id: string;
  readonly initiated: Date;
}

export interface UploadedPart {
  readonly number: number;
  readonly bytesId: string;
  readonly size: number;
  readonly eTag: string;
  /** Base64, of the algorithm of the upload. */
  readonly checksum: string | undefined;
  readonly modified: Date;
}

/** Multipart uploads under way. */
export interface UploadIndex {
  create(bucket: string, key: string, plan: UploadPlan, initiated: Date): string;
  get(bucket: string, key: string, id: string): Upload | undefined;
  /** Replaces a part of the same number; gives the bytes that nothing names any more. */
  putPart(uploadId: string, part: UploadedPart): readonly string[];
  /** By number. */
  parts(uploadId: string): readonly UploadedPart[];
  /** Forgets the upload and its parts; gives the bytes of the parts. */
  remove(uploadId: string): readonly string[];
  names(bytesId: string): boolean;
}

const UploadRow = z
  .object({ id: z.string(), initiated: z.number(), plan: z.string() })
  .transform((row): Upload => ({ id: row.id, initiated: new Date(row.initiated), ...UploadPlan.parse(JSON.parse(row.plan)) }));

const PartRow = z.object({ number: z.number(), bytes_id: z.string(), size: z.number(), e_tag: z.string(), checksum: z.string().nullable(), modified: z.number() }).transform(
  (row): UploadedPart => ({
    number: row.number,
    bytesId: row.bytes_id,
    size: row.size,
    eTag: row.e_tag,
    checksum: row.checksum ?? undefined,
    modified: new Date(row.modified),
  }),
);

export function uploadIndex(database: DatabaseSync): UploadIndex {
  const insert = database.prepare('INSERT INTO upload VALUES (?, ?, ?, ?, ?)');
  const one = database.prepare('SELECT * FROM upload WHERE id = ? AND bucket = ? AND key = ?');
  const erase = database.prepare('DELETE FROM upload WHERE id = ?');
  const partOf = database.prepare('SELECT * FROM part WHERE upload = ? AND number = ?');
  const partsOf = database.prepare('SELECT * FROM part WHERE upload = ? ORDER BY number');
  const upsertPart = database.prepare('INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?, ?, ?)');
  const named = database.prepare('SELECT 1 FROM part WHERE bytes_id = ?');
  const parts = (uploadId: string) => z.array(PartRow).parse(partsOf.all(uploadId));
  return {
    create(bucket, key, plan, initiated) {
      const id = randomBytes(48).toString('base64url').replaceAll('-', '.');
      insert.run(id, bucket, Buffer.from(key), initiated.getTime(), JSON.stringify(plan));
      return id;
    },
    get: (bucket, key, id) => UploadRow.optional().parse(one.get(id, bucket, Buffer.from(key))),
    putPart(uploadId, part) {
      const before = PartRow.optional().parse(partOf.get(uploadId, part.number));
      upsertPart.run(uploadId, part.number, part.bytesId, part.size, part.eTag, part.checksum ?? null, part.modified.getTime());
      return before === undefined ? [] : [before.bytesId];
    },
    parts,
    remove(uploadId) {
      const orphans = parts(uploadId).map((part) => part.bytesId);
      erase.run(uploadId);
      return orphans;
    },
    names: (bytesId) => named.get(bytesId) !== undefined,
  };
}
