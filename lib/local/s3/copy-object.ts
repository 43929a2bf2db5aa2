import { pipeline } from 'node:stream/promises';
import { checksumElement } from './checksum.ts';
import { writeCondition } from './conditions.ts';
import { copySource } from './copy-source.ts';
import { LARGEST_PUT_BYTES, meter } from './incoming-body.ts';
import { attributesOf } from './object-attributes.ts';
import { type S3Answer, xmlAnswer } from './s3-answer.ts';
import type { S3Context } from './s3-context.ts';
import { invalidArgument, invalidRequest } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import { storeObject, versionHeader } from './store-object.ts';
import type { Bucket, ObjectAttributes, ObjectVersion } from './stored-object.ts';
import { element } from './xml-writer.ts';

export async function copyObject(context: S3Context, request: S3Request, bucket: Bucket, key: string): Promise<S3Answer> {
  const { from, bucket: sourceBucket, named } = copySource(context, request);
  if (from.size > LARGEST_PUT_BYTES) throw invalidRequest('The specified copy source is larger than the maximum allowable size for a copy source: 5368709120');
  const attributes = copiedAttributes(request, from);
  if (attributes === from.attributes && sourceBucket.name === bucket.name && from.key === key && !named) {
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  const condition = writeCondition(request.headers);
  condition(key, context.catalogue.versions.latest(bucket.name, key));
  const { bytesId, result } = await context.bytes.write((file) => copyBytes(context, from, file));
  const object = { key, bytesId, size: from.size, eTag: result.eTag, attributes: { ...attributes, checksum: result.checksum } };
  const version = await storeObject(context, bucket, { object, condition, eventName: 'ObjectCreated:Copy' });
  return xmlAnswer(
    element('CopyObjectResult', [
      element('LastModified', version.modified.toISOString()),
      element('ETag', `"${version.eTag}"`),
      ...(result.checksum === undefined ? [] : [element(checksumElement(result.checksum.algorithm), result.checksum.value), element('ChecksumType', result.checksum.type)]),
    ]),
    { ...versionHeader(bucket, version.versionId), 'x-amz-copy-source-version-id': versionHeader(sourceBucket, from.versionId)['x-amz-version-id'] },
  );
}

/** The copy is one part: its ETag is the MD5 of its bytes and its checksum the whole object's, whatever the source's were. */
async function copyBytes({ bytes }: S3Context, from: ObjectVersion, file: NodeJS.WritableStream) {
  const measuring = meter(from.attributes.checksum?.algorithm, LARGEST_PUT_BYTES);
  await pipeline(await bytes.read(from.bytesId), measuring, file);
  const { md5, checksum } = measuring.measured();
  return { eTag: md5.toString('hex'), checksum: checksum && { ...checksum, type: 'FULL_OBJECT' as const } };
}

function copiedAttributes(request: S3Request, from: ObjectVersion): ObjectAttributes {
  const given = attributesOf(request.headers);
  const replaceMetadata = replaces(request, 'x-amz-metadata-directive');
  const replaceTags = replaces(request, 'x-amz-tagging-directive');
  if (!replaceMetadata && !replaceTags) return from.attributes;
  return { ...(replaceMetadata ? given : from.attributes), tags: replaceTags ? given.tags : from.attributes.tags };
}

function replaces(request: S3Request, directive: string): boolean {
  const value = request.headers.get(directive) ?? 'COPY';
  if (value !== 'COPY' && value !== 'REPLACE') throw invalidArgument('Unknown directive.', directive, value);
  return value === 'REPLACE';
}
