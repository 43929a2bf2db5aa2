import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { type Checksum, type ChecksumAlgorithm, checksumElement, checksumHeader, compositeChecksum } from './checksum.ts';
import { writeCondition } from './conditions.ts';
import { meter, receiveText } from './incoming-body.ts';
import { uploadOf } from './multipart-upload.ts';
import { type S3Answer, xmlAnswer } from './s3-answer.ts';
import type { S3Context } from './s3-context.ts';
import { invalidRequest, malformedXml, S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import { storeObject, versionHeader } from './store-object.ts';
import type { Bucket } from './stored-object.ts';
import type { Upload, UploadedPart } from './upload-index.ts';
import { childText, readXml, type XmlNode } from './xml-reader.ts';
import { element } from './xml-writer.ts';

const LARGEST_BODY_BYTES = 8 * 1024 * 1024;
const SMALLEST_PART_BYTES = 5 * 1024 ** 2;
const LARGEST_OBJECT_BYTES = 5 * 1024 ** 4;

export async function completeUpload(context: S3Context, request: S3Request, bucket: Bucket, key: string): Promise<S3Answer> {
  const upload = uploadOf(context, request, bucket, key);
  const condition = writeCondition(request.headers);
  condition(key, context.catalogue.versions.latest(bucket.name, key));
  // A checksum header here is the object's, not that of this XML.
  const withoutChecksum = new Map([...request.headers].filter(([name]) => !name.startsWith('x-amz-checksum-')));
  const parts = chosenParts(readComplete(await receiveText({ ...request, headers: withoutChecksum }, LARGEST_BODY_BYTES)), upload, context.catalogue.uploads.parts(upload.id));
  const { bytesId, result } = await context.bytes.write(async (file) => {
    const checksum = await join(context, parts, upload, file);
    checkWhole(request, parts, checksum);
    return checksum;
  });
  const object = { key, bytesId, size: totalSize(parts), eTag: joinedETag(parts), attributes: { ...upload.attributes, checksum: result } };
  const version = await storeObject(context, bucket, {
    object,
    condition,
    eventName: 'ObjectCreated:CompleteMultipartUpload',
    alongside: () => {
      // Completed or aborted by another request meanwhile.
      uploadOf(context, request, bucket, key);
      return context.catalogue.uploads.remove(upload.id);
    },
  });
  return xmlAnswer(
    element('CompleteMultipartUploadResult', [
      element('Location', `${context.url}/${bucket.name}/${encodeURIComponent(key)}`),
      element('Bucket', bucket.name),
      element('Key', key),
      element('ETag', `"${version.eTag}"`),
      ...(result === undefined ? [] : [element(checksumElement(result.algorithm), result.value), element('ChecksumType', result.type)]),
    ]),
    { ...versionHeader(bucket, version.versionId), 'x-amz-server-side-encryption': 'AES256' },
  );
}

interface NamedPart {
  readonly number: number;
  readonly eTag: string;
  readonly checksums: ReadonlyMap<string, string>;
}

function readComplete(body: string): readonly NamedPart[] {
  const root = readXml(body);
  const parts = root.children.filter((child) => child.name === 'Part').map(readPart);
  if (root.name !== 'CompleteMultipartUpload' || parts.length === 0 || parts.length > 10_000) throw malformedXml();
  return parts;
}

function readPart(node: XmlNode): NamedPart {
  const number = childText(node, 'PartNumber')?.trim() ?? '';
  const eTag = childText(node, 'ETag');
  if (!/^\d{1,5}$/.test(number) || eTag === undefined) throw malformedXml();
  return { number: Number(number), eTag: eTag.trim().replaceAll('"', ''), checksums: new Map(node.children.map((child) => [child.name, child.text.trim()])) };
}

function chosenParts(named: readonly NamedPart[], { checksum }: Upload, uploaded: readonly UploadedPart[]): readonly UploadedPart[] {
  const byNumber = new Map(uploaded.map((part) => [part.number, part]));
  const parts: UploadedPart[] = [];
  for (const { number, eTag, checksums } of named) {
    if (number <= (parts.at(-1)?.number ?? 0)) {
      throw new S3Error(400, 'InvalidPartOrder', 'The list of parts was not in ascending order. Parts must be ordered by part number.');
    }
    const part = byNumber.get(number);
    const given = checksum === undefined ? undefined : checksums.get(checksumElement(checksum.algorithm));
    if (part === undefined || part.eTag !== eTag || (given !== undefined && given !== part.checksum)) throw invalidPart(number);
    if (checksum?.type === 'COMPOSITE' && given === undefined) {
      throw invalidRequest(
        `The upload was created using a ${checksum.algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
      );
    }
    parts.push(part);
  }
  const small = parts.slice(0, -1).find((part) => part.size < SMALLEST_PART_BYTES);
  if (small !== undefined) {
    throw new S3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      PartNumber: String(small.number),
      ETag: small.eTag,
      ProposedSize: String(small.size),
      MinSizeAllowed: String(SMALLEST_PART_BYTES),
    });
  }
  return parts;
}

/** Writes the parts one behind the other; gives the checksum of the whole. */
async function join({ bytes }: S3Context, parts: readonly UploadedPart[], { checksum }: Upload, file: NodeJS.WritableStream): Promise<Checksum | undefined> {
  const measuring = meter(checksum?.type === 'FULL_OBJECT' ? checksum.algorithm : undefined, LARGEST_OBJECT_BYTES);
  await pipeline(
    async function* () {
      for (const part of parts) yield* await bytes.read(part.bytesId);
    },
    measuring,
    file,
  );
  const { size, checksum: whole } = measuring.measured();
  if (size !== totalSize(parts)) throw new Error('the parts on disk are not as long as they were');
  if (checksum === undefined) return undefined;
  return whole === undefined ? compositeOf(checksum.algorithm, parts) : { ...whole, type: 'FULL_OBJECT' };
}

function compositeOf(algorithm: ChecksumAlgorithm, parts: readonly UploadedPart[]): Checksum {
  return compositeChecksum(
    algorithm,
    parts.map((part) => part.checksum ?? ''),
  );
}

function checkWhole(request: S3Request, parts: readonly UploadedPart[], checksum: Checksum | undefined): void {
  const size = request.headers.get('x-amz-mp-object-size');
  if (size !== undefined && Number(size) !== totalSize(parts))
    throw invalidRequest(`The provided 'x-amz-mp-object-size' header value ${size} does not match what was computed: ${totalSize(parts)}`);
  const expected = checksum && request.headers.get(checksumHeader(checksum.algorithm));
  if (checksum !== undefined && expected !== undefined && expected !== checksum.value) {
    throw new S3Error(400, 'BadDigest', `The ${checksum.algorithm} you specified did not match the calculated checksum.`);
  }
}

function joinedETag(parts: readonly UploadedPart[]): string {
  const md5 = createHash('md5');
  for (const part of parts) md5.update(Buffer.from(part.eTag, 'hex'));
  return `${md5.digest('hex')}-${parts.length}`;
}

function totalSize(parts: readonly UploadedPart[]): number {
  return parts.reduce((sum, part) => sum + part.size, 0);
}

function invalidPart(number: number): S3Error {
  return new S3Error(
    400,
    'InvalidPart',
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    {
      PartNumber: String(number),
    },
  );
}
