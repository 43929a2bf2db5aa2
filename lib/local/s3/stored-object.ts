import * as z from 'zod';
import { Checksum } from './checksum.ts';

export const Tag = z.object({ key: z.string(), value: z.string() }).readonly();
export type Tag = z.infer<typeof Tag>;

/** What a client said of an object when it stored it. */
export const ObjectAttributes = z
  .object({
    /** Standard headers that go back as they came: content-type, cache-control, … */
    headers: z.record(z.string(), z.string()).readonly(),
    /** Without the `x-amz-meta-` in front. */
    metadata: z.record(z.string(), z.string()).readonly(),
    tags: z.array(Tag).readonly(),
    checksum: Checksum.optional(),
  })
  .readonly();
export type ObjectAttributes = z.infer<typeof ObjectAttributes>;

/** Bytes that are on disk, under a name of ours. */
export interface StoredBytes {
  readonly bytesId: string;
  readonly size: number;
  /** Without its quotes. */
  readonly eTag: string;
}

/** An object to be stored. */
export interface NewObject extends StoredBytes {
  readonly key: string;
  readonly attributes: ObjectAttributes;
}

interface Version {
  readonly key: string;
  /** `null` (the word) in a bucket without versions. */
  readonly versionId: string;
  /** Grows with each version of the server, over all keys. */
  readonly sequence: number;
  readonly latest: boolean;
  readonly modified: Date;
}

export interface ObjectVersion extends Version, NewObject {
  readonly deleteMarker: false;
}

export interface DeleteMarker extends Version {
  readonly deleteMarker: true;
}

export type AnyVersion = ObjectVersion | DeleteMarker;

export interface Bucket {
  readonly name: string;
  readonly versioning: 'Enabled' | 'Suspended' | undefined;
  readonly tlsOnly: boolean;
  readonly created: Date;
}
