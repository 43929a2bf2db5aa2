import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsChunkedDecoder } from './aws-chunked.ts';
import { ChecksumAlgorithm, checksumHeader, runningChecksum } from './checksum.ts';
import { entityTooLarge, incompleteBody, invalidRequest, malformedXml, S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

export const LARGEST_PUT_BYTES = 5 * 1024 ** 3;

/** What was measured while a body went by. */
export interface Measured {
  readonly size: number;
  readonly md5: Buffer;
  /** Base64; `undefined` where the client named no algorithm. */
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
}

interface Meter extends Transform {
  measured(): Measured;
}

/** The algorithm that a request names by a checksum header, a trailer, or `x-amz-sdk-checksum-algorithm`. */
export function checksumAlgorithmOf(request: S3Request): ChecksumAlgorithm | undefined {
  const trailers = (request.headers.get('x-amz-trailer') ?? '').toLowerCase().split(/\s*,\s*/);
  const sent = ChecksumAlgorithm.options.filter((algorithm) => request.headers.has(checksumHeader(algorithm)) || trailers.includes(checksumHeader(algorithm)));
  if (sent.length > 1) throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  return sent[0];
}

/** Measures what goes through. Fails with EntityTooLarge past `maximum` bytes. */
export function meter(algorithm: ChecksumAlgorithm | undefined, maximum: number): Meter {
  const md5 = createHash('md5');
  const checksum = algorithm === undefined ? undefined : { algorithm, running: runningChecksum(algorithm) };
  let size = 0;
  const transform = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maximum) return done(entityTooLarge(maximum));
      md5.update(chunk);
      checksum?.running.update(chunk);
      done(null, chunk);
    },
  });
  return Object.assign(transform, {
    measured: (): Measured => ({
      size,
      md5: md5.digest(),
      checksum: checksum && { algorithm: checksum.algorithm, value: checksum.running.digest().toString('base64') },
    }),
  });
}

/**
 * Writes the body of a request into `sink` and checks all that its client said of it: length, MD5, SHA-256, checksum.
 * @param fallback algorithm to compute where the client named none
 * @throws S3Error; nothing may then be kept of what `sink` got
 */
export async function receiveBody(request: S3Request, sink: Writable, maximum = LARGEST_PUT_BYTES, fallback?: ChecksumAlgorithm): Promise<Measured> {
  const declared = declaredLength(request);
  if (declared > maximum) throw entityTooLarge(maximum);
  const expectedMd5 = md5Header(request);
  const algorithm = checksumAlgorithmOf(request) ?? fallback;
  const measuring = meter(algorithm, maximum);
  const sha256 = /^[0-9a-f]{64}$/.test(payloadHash(request)) ? createHash('sha256') : undefined;
  if (sha256 !== undefined) measuring.on('data', (chunk: Buffer) => sha256.update(chunk));

  const decoder = isChunked(request) ? new AwsChunkedDecoder() : undefined;
  try {
    const body = keptOpen(request.body);
    await (decoder === undefined ? pipeline(body, measuring, sink) : pipeline(body, decoder, measuring, sink));
  } catch (error) {
    throw request.body.readableAborted ? incompleteBody() : error;
  }

  const measured = measuring.measured();
  if (measured.size !== declared) throw incompleteBody();
  if (expectedMd5 !== undefined && !measured.md5.equals(expectedMd5)) throw badDigest('Content-MD5');
  if (sha256 !== undefined && sha256.digest('hex') !== payloadHash(request)) {
    throw new S3Error(400, 'XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.");
  }
  checkChecksum(request, decoder?.trailers, measured);
  return measured;
}

/** The bytes of a request that is not destroyed with what reads it: its sender is still to get an answer. */
function keptOpen(body: IncomingMessage): AsyncIterable<Buffer> {
  return body.iterator({ destroyOnReturn: false });
}

/** A small XML body. @throws S3Error MalformedXML where it is larger than `maximum` bytes */
export async function receiveText(request: S3Request, maximum: number): Promise<string> {
  if (declaredLength(request) > maximum) throw malformedXml();
  const chunks: Buffer[] = [];
  const collect = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await receiveBody(request, collect, maximum);
  return Buffer.concat(chunks).toString();
}

function checkChecksum(request: S3Request, trailers: ReadonlyMap<string, string> | undefined, { checksum }: Measured): void {
  if (checksum === undefined) return;
  const header = checksumHeader(checksum.algorithm);
  const expected = request.headers.get(header) ?? trailers?.get(header);
  if (expected === undefined) {
    if (checksumAlgorithmOf(request) === undefined) return;
    throw new S3Error(400, 'MalformedTrailerError', 'The request contained trailing data that was not well-formed or did not conform to our published schema.');
  }
  if (Buffer.from(expected, 'base64').toString('base64') !== expected || Buffer.from(expected, 'base64').length !== Buffer.from(checksum.value, 'base64').length) {
    throw invalidRequest(`Value for ${header} header is invalid.`);
  }
  if (expected !== checksum.value) throw badDigest(checksum.algorithm);
}

function declaredLength(request: S3Request): number {
  const length = isChunked(request) ? request.headers.get('x-amz-decoded-content-length') : request.headers.get('content-length');
  if (length === undefined || !/^\d{1,15}$/.test(length)) {
    // A GET-like client that sends no body at all sends no length either; for a body S3 wants one.
    throw new S3Error(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  return Number(length);
}

function md5Header(request: S3Request): Buffer | undefined {
  const header = request.headers.get('content-md5');
  if (header === undefined) return undefined;
  const md5 = Buffer.from(header, 'base64');
  if (md5.length !== 16 || md5.toString('base64') !== header) throw new S3Error(400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.');
  return md5;
}

function isChunked(request: S3Request): boolean {
  return payloadHash(request).startsWith('STREAMING-') || encodings(request).includes('aws-chunked');
}

function payloadHash(request: S3Request): string {
  return request.headers.get('x-amz-content-sha256') ?? '';
}

function encodings(request: S3Request): readonly string[] {
  return (request.headers.get('content-encoding') ?? '').split(/\s*,\s*/);
}

function badDigest(what: string): S3Error {
  return new S3Error(400, 'BadDigest', `The ${what} you specified did not match the calculated checksum.`);
}
