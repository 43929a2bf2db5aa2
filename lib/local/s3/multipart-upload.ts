import { ChecksumAlgorithm, checksumElement, checksumHeader } from './checksum.ts';
import { checksumAlgorithmOf, LARGEST_PUT_BYTES, type Measured, receiveBody } from './incoming-body.ts';
import { listParameters } from './list-parameters.ts';
import { attributesOf } from './object-attributes.ts';
import { type S3Answer, xmlAnswer } from './s3-answer.ts';
import type { S3Context } from './s3-context.ts';
import { invalidArgument, invalidRequest, noSuchUpload } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import type { Bucket } from './stored-object.ts';
import type { Upload, UploadedPart, UploadPlan } from './upload-index.ts';
import { element } from './xml-writer.ts';

const MOST_PARTS = 10_000;

export async function createUpload({ catalogue }: S3Context, request: S3Request, bucket: Bucket, key: string): Promise<S3Answer> {
  const checksum = plannedChecksum(request);
  const id = catalogue.uploads.create(bucket.name, key, { attributes: attributesOf(request.headers), ...(checksum === undefined ? {} : { checksum }) }, new Date());
  return xmlAnswer(element('InitiateMultipartUploadResult', [element('Bucket', bucket.name), element('Key', key), element('UploadId', id)]), {
    'x-amz-server-side-encryption': 'AES256',
    'x-amz-checksum-algorithm': checksum?.algorithm,
    'x-amz-checksum-type': checksum?.type,
  });
}

export async function uploadPart(context: S3Context, request: S3Request, bucket: Bucket, key: string): Promise<S3Answer> {
  const upload = uploadOf(context, request, bucket, key);
  const number = partNumberOf(request);
  const sent = checksumAlgorithmOf(request);
  const planned = upload.checksum?.algorithm;
  if (sent !== undefined && planned !== undefined && sent !== planned) {
    throw invalidRequest(`Checksum Type mismatch occurred, expected checksum Type: ${planned.toLowerCase()}, actual checksum Type: ${sent.toLowerCase()}`);
  }
  const { bytesId, result } = await context.bytes.write((file) => receiveBody(request, file, LARGEST_PUT_BYTES, planned));
  const { eTag } = await keepPart(context, request, bucket, key, { number, bytesId, measured: result });
  const { checksum } = result;
  const echoed = checksum === undefined ? {} : { [checksumHeader(checksum.algorithm)]: checksum.value };
  return { status: 200, headers: { etag: `"${eTag}"`, 'x-amz-server-side-encryption': 'AES256', ...echoed } };
}

/** A part whose bytes are on disk. */
interface ReceivedPart {
  readonly number: number;
  readonly bytesId: string;
  readonly measured: Measured;
}

/**
 * Makes a part one of its upload.
 * @throws S3Error NoSuchUpload where the upload was completed or aborted while the part came in; the bytes are then removed
 */
export async function keepPart({ catalogue, bytes }: S3Context, request: S3Request, bucket: Bucket, key: string, received: ReceivedPart): Promise<UploadedPart> {
  const { number, bytesId, measured } = received;
  try {
    const { part, orphans } = catalogue.atomically(() => {
      const upload = uploadOf({ catalogue }, request, bucket, key);
      const checksum = measured.checksum?.algorithm === upload.checksum?.algorithm ? measured.checksum?.value : undefined;
      const kept: UploadedPart = { number, bytesId, size: measured.size, eTag: measured.md5.toString('hex'), checksum, modified: new Date() };
      return { part: kept, orphans: catalogue.uploads.putPart(upload.id, kept) };
    });
    await bytes.remove(orphans);
    return part;
  } catch (error) {
    await bytes.remove([bytesId]);
    throw error;
  }
}

export async function abortUpload(context: S3Context, request: S3Request, bucket: Bucket, key: string): Promise<S3Answer> {
  const upload = uploadOf(context, request, bucket, key);
  await context.bytes.remove(context.catalogue.atomically(() => context.catalogue.uploads.remove(upload.id)));
  return { status: 204, headers: {} };
}

export async function listParts(context: S3Context, request: S3Request, bucket: Bucket, key: string): Promise<S3Answer> {
  const upload = uploadOf(context, request, bucket, key);
  const { limit } = listParameters(request, 'max-parts');
  const marker = Number(request.query.get('part-number-marker') || '0');
  if (!Number.isInteger(marker) || marker < 0)
    throw invalidArgument('Argument part-number-marker must be an integer between 0 and 2147483647', 'part-number-marker', String(marker));
  const left = context.catalogue.uploads.parts(upload.id).filter((part) => part.number > marker);
  const page = left.slice(0, limit);
  const truncated = left.length > page.length;
  return xmlAnswer(
    element('ListPartsResult', [
      element('Bucket', bucket.name),
      element('Key', key),
      element('UploadId', upload.id),
      element('PartNumberMarker', marker),
      element('NextPartNumberMarker', page.at(-1)?.number),
      element('MaxParts', limit),
      element('IsTruncated', truncated),
      element('ChecksumAlgorithm', upload.checksum?.algorithm),
      element('ChecksumType', upload.checksum?.type),
      element('StorageClass', 'STANDARD'),
      ...page.map((part) =>
        element('Part', [
          element('PartNumber', part.number),
          element('LastModified', part.modified.toISOString()),
          element('ETag', `"${part.eTag}"`),
          element('Size', part.size),
          ...(upload.checksum === undefined ? [] : [element(checksumElement(upload.checksum.algorithm), part.checksum)]),
        ]),
      ),
    ]),
  );
}

/** @throws S3Error NoSuchUpload */
export function uploadOf({ catalogue }: Pick<S3Context, 'catalogue'>, request: S3Request, bucket: Bucket, key: string): Upload {
  const id = request.query.get('uploadId') ?? '';
  const upload = catalogue.uploads.get(bucket.name, key, id);
  if (upload === undefined) throw noSuchUpload(id);
  return upload;
}

function plannedChecksum(request: S3Request): UploadPlan['checksum'] {
  const named = request.headers.get('x-amz-checksum-algorithm');
  const type = request.headers.get('x-amz-checksum-type');
  if (named === undefined) {
    if (type !== undefined) throw invalidRequest('The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.');
    return undefined;
  }
  const algorithm = ChecksumAlgorithm.safeParse(named.toUpperCase()).data;
  if (algorithm === undefined)
    throw invalidRequest('Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]');
  const whole = type ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  if (whole !== 'FULL_OBJECT' && whole !== 'COMPOSITE') throw invalidRequest('Value for x-amz-checksum-type header is invalid.');
  // A checksum of checksums needs a hash or a CRC of 32 bits; the whole object's needs one that can be joined.
  if ((algorithm === 'CRC64NVME' && whole === 'COMPOSITE') || (algorithm.startsWith('SHA') && whole === 'FULL_OBJECT')) {
    throw invalidRequest(`The ${whole} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`);
  }
  return { algorithm, type: whole };
}

/** @throws S3Error InvalidArgument */
export function partNumberOf({ query }: S3Request): number {
  const text = query.get('partNumber') ?? '';
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > MOST_PARTS) throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', text);
  return number;
}
