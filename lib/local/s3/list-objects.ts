import { type ListParameters, listParameters } from './list-parameters.ts';
import { behind, behindPrefix, type ListEntry, type ListPage, walk } from './list-walk.ts';
import { type S3Answer, xmlAnswer } from './s3-answer.ts';
import type { S3Context } from './s3-context.ts';
import { invalidArgument } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import type { AnyVersion, Bucket } from './stored-object.ts';
import { element, type XmlElement } from './xml-writer.ts';

/** ListObjectsV2. */
export async function listObjects(context: S3Context, request: S3Request, bucket: Bucket): Promise<S3Answer> {
  const parameters = listParameters(request);
  const { prefix, delimiter, limit, encoding, written } = parameters;
  const token = request.query.get('continuation-token');
  const startAfter = request.query.get('start-after');
  const page = walk((from) => context.catalogue.versions.objectsFrom(bucket.name, from), startOf(token, startAfter), parameters);
  return xmlAnswer(
    element('ListBucketResult', [
      element('Name', bucket.name),
      element('Prefix', written(prefix)),
      element('Delimiter', delimiter === '' ? undefined : written(delimiter)),
      element('StartAfter', startAfter === undefined ? undefined : written(startAfter)),
      element('ContinuationToken', token),
      element('NextContinuationToken', nextToken(page)),
      element('KeyCount', page.entries.length),
      element('MaxKeys', limit),
      element('EncodingType', encoding),
      element('IsTruncated', page.truncated),
      ...page.entries.flatMap((entry) => contents(entry, parameters)),
      ...commonPrefixes(page, parameters),
    ]),
  );
}

export function commonPrefixes({ entries }: ListPage, { written }: ListParameters): readonly XmlElement[] {
  return entries.flatMap((entry) => (entry.kind === 'prefix' ? [element('CommonPrefixes', [element('Prefix', written(entry.prefix))])] : []));
}

/** The elements that an object and its versions show alike. */
export function objectElements(version: AnyVersion): readonly XmlElement[] {
  if (version.deleteMarker) return [element('LastModified', version.modified.toISOString())];
  const { modified, eTag, size, attributes } = version;
  return [
    element('LastModified', modified.toISOString()),
    element('ETag', `"${eTag}"`),
    element('ChecksumAlgorithm', attributes.checksum?.algorithm),
    element('ChecksumType', attributes.checksum?.type),
    element('Size', size),
    element('StorageClass', 'STANDARD'),
  ];
}

function contents(entry: ListEntry, { written }: ListParameters): readonly XmlElement[] {
  return entry.kind === 'version' ? [element('Contents', [element('Key', written(entry.version.key)), ...objectElements(entry.version)])] : [];
}

function nextToken({ entries, truncated }: ListPage): string | undefined {
  const last = entries.at(-1);
  if (!truncated || last === undefined) return undefined;
  const from = last.kind === 'prefix' ? behindPrefix(Buffer.from(last.prefix)) : behind(last.version.key);
  return `${TOKEN_MARK}${from.toString('base64url')}`;
}

function startOf(token: string | undefined, startAfter: string | undefined): Buffer {
  if (token === undefined) return startAfter === undefined || startAfter === '' ? Buffer.alloc(0) : behind(startAfter);
  const from = Buffer.from(token.slice(TOKEN_MARK.length), 'base64url');
  if (!token.startsWith(TOKEN_MARK) || `${TOKEN_MARK}${from.toString('base64url')}` !== token) {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
  }
  return from;
}

const TOKEN_MARK = 'v1.';
