import { checksumAlgorithmOf, receiveText } from './incoming-body.ts';
import { type S3Answer, xmlAnswer } from './s3-answer.ts';
import type { S3Context } from './s3-context.ts';
import { invalidRequest, malformedXml, notImplemented, preconditionFailed } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import type { Bucket } from './stored-object.ts';
import { childText, readXml, type XmlNode } from './xml-reader.ts';
import { element, type XmlElement } from './xml-writer.ts';

const MOST_OBJECTS = 1_000;
const LARGEST_BODY_BYTES = 4 * 1024 * 1024;

interface Deleted {
  /** The version that is gone, or the marker that now hides the object. */
  readonly versionId: string | undefined;
  readonly deleteMarker: boolean;
}

export async function deleteObject(context: S3Context, request: S3Request, bucket: Bucket, key: string): Promise<S3Answer> {
  const match = request.headers.get('if-match');
  if (match !== undefined) {
    const latest = context.catalogue.versions.latest(bucket.name, key);
    const matches = latest?.deleteMarker === false && (match === '*' || match.replaceAll('"', '') === latest.eTag);
    if (!matches) throw preconditionFailed('If-Match');
  }
  const { versionId, deleteMarker } = await deleteOne(context, bucket, key, request.query.get('versionId'));
  return { status: 204, headers: { 'x-amz-version-id': versionId, 'x-amz-delete-marker': deleteMarker ? 'true' : undefined } };
}

export async function deleteObjects(context: S3Context, request: S3Request, bucket: Bucket): Promise<S3Answer> {
  if (!request.headers.has('content-md5') && checksumAlgorithmOf(request) === undefined)
    throw invalidRequest('Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  const { objects, quiet } = readDelete(await receiveText(request, LARGEST_BODY_BYTES));
  const results: XmlElement[] = [];
  for (const { key, versionId } of objects) {
    const deleted = await deleteOne(context, bucket, key, versionId);
    if (!quiet) results.push(deletedElement(key, versionId, deleted));
  }
  return xmlAnswer(element('DeleteResult', results));
}

/** An object that is not there is no error. */
async function deleteOne({ catalogue, bytes }: S3Context, bucket: Bucket, key: string, versionId: string | undefined): Promise<Deleted> {
  if (versionId === undefined) {
    const { markerId, orphans } = catalogue.atomically(() => catalogue.versions.hide(bucket, key, new Date()));
    await bytes.remove(orphans);
    return { versionId: markerId, deleteMarker: markerId !== undefined };
  }
  const version = catalogue.versions.get(bucket.name, key, versionId);
  if (version === undefined) return { versionId, deleteMarker: false };
  await bytes.remove(catalogue.atomically(() => catalogue.versions.remove(bucket.name, version)));
  return { versionId, deleteMarker: version.deleteMarker };
}

function readDelete(body: string): { readonly objects: readonly { readonly key: string; readonly versionId: string | undefined }[]; readonly quiet: boolean } {
  const root = readXml(body);
  const objects = root.children.filter((child) => child.name === 'Object').map(readObject);
  if (root.name !== 'Delete' || objects.length === 0 || objects.length > MOST_OBJECTS) throw malformedXml();
  return { objects, quiet: childText(root, 'Quiet')?.trim() === 'true' };
}

function readObject(node: XmlNode): { readonly key: string; readonly versionId: string | undefined } {
  const key = childText(node, 'Key');
  if (key === undefined || key === '') throw malformedXml();
  // ETag, LastModifiedTime and Size are conditions: to pass over them would delete what was to be kept.
  const condition = node.children.find((child) => child.name !== 'Key' && child.name !== 'VersionId');
  if (condition !== undefined) throw notImplemented(`the condition ${condition.name} of DeleteObjects`);
  return { key, versionId: childText(node, 'VersionId') };
}

function deletedElement(key: string, asked: string | undefined, { versionId, deleteMarker }: Deleted): XmlElement {
  return element('Deleted', [
    element('Key', key),
    element('VersionId', asked),
    element('DeleteMarker', deleteMarker ? true : undefined),
    element('DeleteMarkerVersionId', deleteMarker ? versionId : undefined),
  ]);
}
