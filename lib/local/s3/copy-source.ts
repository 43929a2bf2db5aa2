import { copySourceCondition } from './conditions.ts';
import { readableVersion } from './get-object.ts';
import type { S3Context } from './s3-context.ts';
import { invalidArgument, noSuchBucket } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import type { Bucket, ObjectVersion } from './stored-object.ts';

export interface CopySource {
  readonly from: ObjectVersion;
  readonly bucket: Bucket;
  /** Whether the request names the version itself. */
  readonly named: boolean;
}

/**
 * What `x-amz-copy-source` names, if its conditions hold.
 * @throws S3Error NoSuchBucket, NoSuchKey, NoSuchVersion, PreconditionFailed, InvalidArgument
 */
export function copySource(context: S3Context, request: S3Request): CopySource {
  const source = sourceOf(request.headers.get('x-amz-copy-source') ?? '');
  const bucket = context.catalogue.buckets.get(source.bucket);
  if (bucket === undefined) throw noSuchBucket(source.bucket);
  const from = readableVersion(context, bucket, source.key, source.versionId);
  copySourceCondition(request.headers, from);
  return { from, bucket, named: source.versionId !== undefined };
}

/** `[/]<bucket>/<key>[?versionId=…]`, URL-encoded. */
function sourceOf(header: string): { readonly bucket: string; readonly key: string; readonly versionId: string | undefined } {
  const [, bucket, key, versionId] = /^\/?([^/]+)\/(.+?)(?:\?versionId=([^&]+))?$/.exec(header) ?? [];
  if (bucket === undefined || key === undefined) throw invalidCopySource(header);
  try {
    return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key), versionId };
  } catch {
    throw invalidCopySource(header);
  }
}

function invalidCopySource(header: string) {
  return invalidArgument('Copy Source must mention the source bucket and key: sourcebucket/sourcekey', 'x-amz-copy-source', header);
}
