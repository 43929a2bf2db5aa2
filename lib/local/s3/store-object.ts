import type { WriteCondition } from './conditions.ts';
import type { ObjectCreated } from './object-created-event.ts';
import type { S3Context } from './s3-context.ts';
import type { Bucket, NewObject, ObjectVersion } from './stored-object.ts';

/** A write that is ready: its bytes are on disk, its condition held when it began. */
export interface ReadyWrite {
  readonly object: NewObject;
  readonly condition?: WriteCondition;
  readonly eventName: ObjectCreated['eventName'];
  /** Further changes of the same moment; gives bytes that nothing names any more. */
  readonly alongside?: () => readonly string[];
}

/**
 * Makes an object visible, and tells of it.
 * @throws S3Error where the condition no longer holds; the bytes are then removed
 */
export async function storeObject({ catalogue, bytes, created }: S3Context, bucket: Bucket, { object, condition, eventName, alongside }: ReadyWrite): Promise<ObjectVersion> {
  const modified = new Date();
  const { version, orphans } = await removingOnFailure(() =>
    catalogue.atomically(() => {
      condition?.(object.key, catalogue.versions.latest(bucket.name, object.key));
      const further = alongside?.() ?? [];
      const put = catalogue.versions.put(bucket, object, modified);
      return { version: put.version, orphans: [...put.orphans, ...further] };
    }),
  );
  await bytes.remove(orphans);
  await created({
    bucket: bucket.name,
    key: object.key,
    size: object.size,
    eTag: object.eTag,
    ...(bucket.versioning === undefined ? {} : { versionId: version.versionId }),
    eventName,
    at: modified.toISOString(),
    sequencer: version.sequence.toString(16).toUpperCase().padStart(16, '0'),
  });
  return version;

  async function removingOnFailure<Result>(change: () => Result): Promise<Result> {
    try {
      return change();
    } catch (error) {
      await bytes.remove([object.bytesId]);
      throw error;
    }
  }
}

/** The header that names a version; buckets that never kept versions name none. */
export function versionHeader(bucket: Bucket, versionId: string): Readonly<Record<string, string | undefined>> {
  return { 'x-amz-version-id': bucket.versioning === undefined ? undefined : versionId };
}
