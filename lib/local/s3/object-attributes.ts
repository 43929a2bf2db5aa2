import { invalidArgument, S3Error } from './s3-error.ts';
import type { ObjectAttributes, Tag } from './stored-object.ts';

const KEPT_HEADERS = ['content-type', 'cache-control', 'content-disposition', 'content-encoding', 'content-language', 'expires'] as const;
const LARGEST_METADATA_BYTES = 2_048;
const MOST_TAGS = 10;

/** Headers of a write that say something about the object rather than about the request; `x-amz-meta-…` besides. */
export const ATTRIBUTE_HEADERS = ['x-amz-tagging', 'x-amz-acl', 'x-amz-storage-class', 'x-amz-server-side-encryption'] as const;

/**
 * What the headers of a write (or the fields of a form) say of the object.
 * @throws S3Error for what cannot be kept
 */
export function attributesOf(headers: ReadonlyMap<string, string>): ObjectAttributes {
  refuseUnlessDefault(headers);
  return { headers: { 'content-type': 'binary/octet-stream', ...keptHeaders(headers) }, metadata: metadataOf(headers), tags: tagsOf(headers.get('x-amz-tagging') ?? '') };
}

/** @throws S3Error InvalidTag, BadRequest */
export function checkedTags(tags: readonly Tag[]): readonly Tag[] {
  if (tags.length > MOST_TAGS) throw new S3Error(400, 'BadRequest', 'Object tags cannot be greater than 10');
  if (new Set(tags.map((tag) => tag.key)).size !== tags.length) throw invalidTag('Cannot provide multiple Tags with the same key');
  for (const { key, value } of tags) {
    if (key === '' || key.length > 128) throw invalidTag('The TagKey you have provided is invalid');
    if (value.length > 256) throw invalidTag('The TagValue you have provided is invalid');
  }
  return tags;
}

/** Settings that would change how the object is kept are taken only where they ask for what is the case here anyway. */
function refuseUnlessDefault(headers: ReadonlyMap<string, string>): void {
  const acl = headers.get('x-amz-acl') ?? headers.get('acl');
  if (acl !== undefined && acl !== 'bucket-owner-full-control') throw new S3Error(400, 'AccessControlListNotSupported', 'The bucket does not allow ACLs');
  const storageClass = headers.get('x-amz-storage-class') ?? 'STANDARD';
  if (storageClass !== 'STANDARD') throw new S3Error(501, 'NotImplemented', `This local S3 has no storage class ${storageClass}`);
  const encryption = headers.get('x-amz-server-side-encryption') ?? 'AES256';
  if (encryption !== 'AES256') throw new S3Error(501, 'NotImplemented', `This local S3 does not encrypt with ${encryption}`);
}

function keptHeaders(headers: ReadonlyMap<string, string>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = name === 'content-encoding' ? withoutChunking(headers.get(name)) : headers.get(name);
    if (value !== undefined && value !== '') kept[name] = value;
  }
  return kept;
}

function withoutChunking(encoding: string | undefined): string | undefined {
  return encoding
    ?.split(/\s*,\s*/)
    .filter((one) => one.toLowerCase() !== 'aws-chunked')
    .join(',');
}

function metadataOf(headers: ReadonlyMap<string, string>): Record<string, string> {
  const entries = [...headers].filter(([name]) => name.startsWith('x-amz-meta-')).map(([name, value]) => [name.slice('x-amz-meta-'.length), value] as const);
  const size = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (size > LARGEST_METADATA_BYTES) {
    throw new S3Error(400, 'MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', {
      Size: String(size),
      MaxSizeAllowed: String(LARGEST_METADATA_BYTES),
    });
  }
  return Object.fromEntries(entries);
}

function tagsOf(header: string): readonly Tag[] {
  if (/%(?![0-9a-fA-F]{2})/.test(header))
    throw invalidArgument('The header x-amz-tagging shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.', 'x-amz-tagging', header);
  return checkedTags([...new URLSearchParams(header)].map(([key, value]) => ({ key, value })));
}

function invalidTag(message: string): S3Error {
  return new S3Error(400, 'InvalidTag', message);
}
