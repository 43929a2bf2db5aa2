import { commonPrefixes, objectElements } from './list-objects.ts';
import { type ListParameters, listParameters } from './list-parameters.ts';
import { behind, behindPrefix, type ListPage, sharedPrefix, walk } from './list-walk.ts';
import { type S3Answer, xmlAnswer } from './s3-answer.ts';
import type { S3Context } from './s3-context.ts';
import { invalidArgument } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import type { AnyVersion, Bucket } from './stored-object.ts';
import { element, type XmlElement } from './xml-writer.ts';

/** ListObjectVersions. */
export async function listVersions(context: S3Context, request: S3Request, bucket: Bucket): Promise<S3Answer> {
  const parameters = listParameters(request);
  const { prefix, delimiter, limit, encoding, written } = parameters;
  const keyMarker = request.query.get('key-marker') ?? '';
  const versionMarker = request.query.get('version-id-marker') ?? '';
  const start = startOf(context, bucket, keyMarker, versionMarker, parameters);
  const page = walk((from) => context.catalogue.versions.versionsFrom(bucket.name, from, from.equals(start.from) ? start.olderThan : ALL), start.from, parameters);
  return xmlAnswer(
    element('ListVersionsResult', [
      element('Name', bucket.name),
      element('Prefix', written(prefix)),
      element('Delimiter', delimiter === '' ? undefined : written(delimiter)),
      element('KeyMarker', written(keyMarker)),
      element('VersionIdMarker', versionMarker),
      ...nextMarkers(page, parameters),
      element('MaxKeys', limit),
      element('EncodingType', encoding),
      element('IsTruncated', page.truncated),
      ...page.entries.flatMap((entry) => (entry.kind === 'version' ? [versionElement(entry.version, parameters)] : [])),
      ...commonPrefixes(page, parameters),
    ]),
  );
}

const ALL = Number.MAX_SAFE_INTEGER;

function startOf({ catalogue }: S3Context, bucket: Bucket, keyMarker: string, versionMarker: string, { prefix, delimiter }: ListParameters) {
  if (versionMarker !== '') {
    if (keyMarker === '') throw invalidArgument('A version-id marker cannot be specified without a key marker.', 'version-id-marker', versionMarker);
    const version = catalogue.versions.get(bucket.name, keyMarker, versionMarker);
    if (version === undefined) throw invalidArgument('Invalid version id specified', 'version-id-marker', versionMarker);
    return { from: Buffer.from(keyMarker), olderThan: version.sequence };
  }
  if (keyMarker === '') return { from: Buffer.alloc(0), olderThan: ALL };
  const wasPrefix = keyMarker.startsWith(prefix) && sharedPrefix(keyMarker, prefix, delimiter) === keyMarker;
  return { from: wasPrefix ? behindPrefix(Buffer.from(keyMarker)) : behind(keyMarker), olderThan: ALL };
}

function nextMarkers({ entries, truncated }: ListPage, { written }: ListParameters): readonly XmlElement[] {
  const last = entries.at(-1);
  if (!truncated || last === undefined) return [];
  if (last.kind === 'prefix') return [element('NextKeyMarker', written(last.prefix))];
  return [element('NextKeyMarker', written(last.version.key)), element('NextVersionIdMarker', last.version.versionId)];
}

function versionElement(version: AnyVersion, { written }: ListParameters): XmlElement {
  return element(version.deleteMarker ? 'DeleteMarker' : 'Version', [
    element('Key', written(version.key)),
    element('VersionId', version.versionId),
    element('IsLatest', version.latest),
    ...objectElements(version),
  ]);
}
