import { pipeline } from 'node:stream/promises';
import { byteRange } from './byte-range.ts';
import { checksumElement } from './checksum.ts';
import { copySource } from './copy-source.ts';
import { LARGEST_PUT_BYTES, meter } from './incoming-body.ts';
import { keepPart, partNumberOf, uploadOf } from './multipart-upload.ts';
import { type S3Answer, xmlAnswer } from './s3-answer.ts';
import type { S3Context } from './s3-context.ts';
import { invalidArgument } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import { versionHeader } from './store-object.ts';
import type { Bucket } from './stored-object.ts';
import { element } from './xml-writer.ts';

/** A part that is a piece of an object there is. */
export async function uploadPartCopy(context: S3Context, request: S3Request, bucket: Bucket, key: string): Promise<S3Answer> {
  const upload = uploadOf(context, request, bucket, key);
  const number = partNumberOf(request);
  const { from, bucket: sourceBucket } = copySource(context, request);
  const header = request.headers.get('x-amz-copy-source-range');
  const range = byteRange(header, from.size);
  if (header !== undefined && (typeof range !== 'object' || header !== `bytes=${range.start}-${range.end}`)) {
    throw invalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      'x-amz-copy-source-range',
      header,
    );
  }
  const { bytesId, result } = await context.bytes.write(async (file) => {
    const measuring = meter(upload.checksum?.algorithm, LARGEST_PUT_BYTES);
    await pipeline(await context.bytes.read(from.bytesId, typeof range === 'object' ? range : undefined), measuring, file);
    return measuring.measured();
  });
  const part = await keepPart(context, request, bucket, key, { number, bytesId, measured: result });
  return xmlAnswer(
    element('CopyPartResult', [
      element('LastModified', part.modified.toISOString()),
      element('ETag', `"${part.eTag}"`),
      ...(upload.checksum === undefined ? [] : [element(checksumElement(upload.checksum.algorithm), part.checksum)]),
    ]),
    { 'x-amz-copy-source-version-id': versionHeader(sourceBucket, from.versionId)['x-amz-version-id'] },
  );
}
