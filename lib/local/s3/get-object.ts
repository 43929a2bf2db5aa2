import type { Readable } from 'node:stream';
import { byteRange } from './byte-range.ts';
import { readCondition } from './conditions.ts';
import { checksumHeaders } from './put-object.ts';
import { type S3Answer, xmlAnswer } from './s3-answer.ts';
import type { S3Context } from './s3-context.ts';
import { noSuchKey, noSuchVersion, S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import { versionHeader } from './store-object.ts';
import type { AnyVersion, Bucket, ObjectVersion } from './stored-object.ts';
import { element } from './xml-writer.ts';

/** Parameters that say how the answer is to be labelled. */
export const RESPONSE_OVERRIDES = [
  'response-content-type',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-cache-control',
  'response-expires',
] as const;

/** GetObject and HeadObject. */
export async function getObject(context: S3Context, request: S3Request, bucket: Bucket, key: string): Promise<S3Answer> {
  const found = await opened(context, request, bucket, key);
  if ('status' in found) return found;
  const { version, range, body } = found;
  const length = range === undefined ? version.size : range.end - range.start + 1;
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      ...objectHeaders(bucket, version),
      ...overrides(request),
      ...(request.headers.get('x-amz-checksum-mode') === 'ENABLED' && range === undefined ? checksumHeaders(version) : {}),
      'content-length': String(length),
      'content-range': range === undefined ? undefined : `bytes ${range.start}-${range.end}/${version.size}`,
    },
    ...(body === undefined ? {} : { body }),
  };
}

export async function getObjectTagging(context: S3Context, request: S3Request, bucket: Bucket, key: string): Promise<S3Answer> {
  const version = readableVersion(context, bucket, key, request.query.get('versionId'));
  const tags = version.attributes.tags.map((tag) => element('Tag', [element('Key', tag.key), element('Value', tag.value)]));
  return xmlAnswer(element('Tagging', [element('TagSet', tags)]), versionHeader(bucket, version.versionId));
}

/**
 * The version that a read is about.
 * @throws S3Error NoSuchKey, NoSuchVersion, MethodNotAllowed (a delete marker asked for by its id)
 */
export function readableVersion({ catalogue }: Pick<S3Context, 'catalogue'>, bucket: Bucket, key: string, versionId: string | undefined): ObjectVersion {
  const version = versionId === undefined ? catalogue.versions.latest(bucket.name, key) : catalogue.versions.get(bucket.name, key, versionId);
  if (version === undefined) throw versionId === undefined ? noSuchKey(key) : noSuchVersion(key, versionId);
  if (version.deleteMarker) throw versionId === undefined ? noSuchKey(key) : new S3Error(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
  return version;
}

interface Opened {
  readonly version: ObjectVersion;
  readonly range: { readonly start: number; readonly end: number } | undefined;
  readonly body: Readable | undefined;
}

async function opened(context: S3Context, request: S3Request, bucket: Bucket, key: string): Promise<Opened | S3Answer> {
  for (;;) {
    const version = readableVersion(context, bucket, key, request.query.get('versionId'));
    const answer = readCondition(request.headers, version);
    if (answer !== undefined) return answer;
    const range = byteRange(request.headers.get('range'), version.size);
    if (range === 'unsatisfiable') throw unsatisfiable(request, version);
    if (request.method === 'HEAD' || version.size === 0) return { version, range, body: undefined };
    try {
      return { version, range, body: await context.bytes.read(version.bytesId, range) };
    } catch (error) {
      // Replaced or removed between the look and the opening: look again.
      if (sameBytes(context, bucket, version)) throw error;
    }
  }
}

function sameBytes({ catalogue }: S3Context, bucket: Bucket, version: ObjectVersion): boolean {
  const now: AnyVersion | undefined = catalogue.versions.get(bucket.name, version.key, version.versionId);
  return now?.sequence === version.sequence;
}

function objectHeaders(bucket: Bucket, version: ObjectVersion): S3Answer['headers'] {
  const { headers, metadata, tags } = version.attributes;
  return {
    ...headers,
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
    'accept-ranges': 'bytes',
    etag: `"${version.eTag}"`,
    'last-modified': version.modified.toUTCString(),
    'x-amz-server-side-encryption': 'AES256',
    'x-amz-tagging-count': tags.length === 0 ? undefined : String(tags.length),
    ...versionHeader(bucket, version.versionId),
  };
}

function overrides(request: S3Request): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of RESPONSE_OVERRIDES) {
    const value = request.query.get(name);
    if (value !== undefined) headers[name.slice('response-'.length)] = value;
  }
  return headers;
}

function unsatisfiable(request: S3Request, version: ObjectVersion): S3Error {
  return new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable', { RangeRequested: request.headers.get('range') ?? '', ActualObjectSize: String(version.size) });
}
