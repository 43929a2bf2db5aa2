import { getBucketLocation, getBucketPolicy, getBucketVersioning, headBucket, listBuckets } from './bucket-reads.ts';
import { completeUpload } from './complete-upload.ts';
import { copyObject } from './copy-object.ts';
import { deleteObject, deleteObjects } from './delete-objects.ts';
import { getObject, getObjectTagging, RESPONSE_OVERRIDES } from './get-object.ts';
import { listObjects } from './list-objects.ts';
import { listVersions } from './list-versions.ts';
import { abortUpload, createUpload, listParts, uploadPart } from './multipart-upload.ts';
import { ATTRIBUTE_HEADERS } from './object-attributes.ts';
import { postObject } from './post-object.ts';
import { putObject } from './put-object.ts';
import type { S3Answer } from './s3-answer.ts';
import type { S3Context } from './s3-context.ts';
import { noSuchBucket, notImplemented, S3Error } from './s3-error.ts';
import { type S3Request, SIGNATURE_PARAMETERS } from './s3-request.ts';
import type { Bucket } from './stored-object.ts';
import { uploadPartCopy } from './upload-part-copy.ts';

interface Shape {
  readonly name: string;
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** Query parameters that make a request this operation. */
  readonly needs?: readonly string[];
  readonly needsHeader?: string;
  /** Query parameters that it may have besides. */
  readonly takes?: readonly string[];
  /** `x-amz-…` headers that it may have. */
  readonly headers?: readonly string[];
  /** Whether `x-amz-meta-…` headers may come with it. */
  readonly metadata?: true;
}

type Operation = Shape &
  (
    | { readonly on: 'service'; readonly run: (context: S3Context, request: S3Request) => Promise<S3Answer> }
    | { readonly on: 'bucket'; readonly run: (context: S3Context, request: S3Request, bucket: Bucket) => Promise<S3Answer> }
    | { readonly on: 'object'; readonly run: (context: S3Context, request: S3Request, bucket: Bucket, key: string) => Promise<S3Answer> }
  );

const CHECKSUM_HEADERS = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'].map((algorithm) => `x-amz-checksum-${algorithm}`);
const BODY_HEADERS = ['x-amz-sdk-checksum-algorithm', 'x-amz-decoded-content-length', 'x-amz-trailer', ...CHECKSUM_HEADERS];
const LIST = ['prefix', 'delimiter', 'max-keys', 'encoding-type'];
const READ = { takes: ['versionId', ...RESPONSE_OVERRIDES], headers: ['x-amz-checksum-mode'] };
const COPY_HEADERS = ['', '-if-match', '-if-none-match', '-if-modified-since', '-if-unmodified-since'].map((condition) => `x-amz-copy-source${condition}`);

/** All that this S3 can do. A request with anything else in it is answered 501. */
const OPERATIONS: readonly Operation[] = [
  { name: 'ListBuckets', method: 'GET', on: 'service', run: listBuckets },

  { name: 'HeadBucket', method: 'HEAD', on: 'bucket', run: headBucket },
  { name: 'GetBucketLocation', method: 'GET', on: 'bucket', needs: ['location'], run: getBucketLocation },
  { name: 'GetBucketVersioning', method: 'GET', on: 'bucket', needs: ['versioning'], run: getBucketVersioning },
  { name: 'GetBucketPolicy', method: 'GET', on: 'bucket', needs: ['policy'], run: getBucketPolicy },
  {
    name: 'ListObjectsV2',
    method: 'GET',
    on: 'bucket',
    needs: ['list-type'],
    takes: [...LIST, 'continuation-token', 'start-after', 'fetch-owner'],
    headers: ['x-amz-optional-object-attributes'],
    run: listObjects,
  },
  { name: 'ListObjectVersions', method: 'GET', on: 'bucket', needs: ['versions'], takes: [...LIST, 'key-marker', 'version-id-marker'], run: listVersions },
  { name: 'DeleteObjects', method: 'POST', on: 'bucket', needs: ['delete'], headers: BODY_HEADERS, run: deleteObjects },
  { name: 'PostObject', method: 'POST', on: 'bucket', run: postObject },

  { name: 'GetObject', method: 'GET', on: 'object', ...READ, run: getObject },
  { name: 'HeadObject', method: 'HEAD', on: 'object', ...READ, run: getObject },
  { name: 'GetObjectTagging', method: 'GET', on: 'object', needs: ['tagging'], takes: ['versionId'], run: getObjectTagging },
  { name: 'PutObject', method: 'PUT', on: 'object', headers: [...BODY_HEADERS, ...ATTRIBUTE_HEADERS], metadata: true, run: putObject },
  {
    name: 'CopyObject',
    method: 'PUT',
    on: 'object',
    needsHeader: 'x-amz-copy-source',
    headers: [...COPY_HEADERS, ...ATTRIBUTE_HEADERS, 'x-amz-metadata-directive', 'x-amz-tagging-directive'],
    metadata: true,
    run: copyObject,
  },
  { name: 'DeleteObject', method: 'DELETE', on: 'object', takes: ['versionId'], run: deleteObject },
  {
    name: 'CreateMultipartUpload',
    method: 'POST',
    on: 'object',
    needs: ['uploads'],
    headers: [...ATTRIBUTE_HEADERS, 'x-amz-checksum-algorithm', 'x-amz-checksum-type'],
    metadata: true,
    run: createUpload,
  },
  {
    name: 'UploadPartCopy',
    method: 'PUT',
    on: 'object',
    needs: ['uploadId', 'partNumber'],
    needsHeader: 'x-amz-copy-source',
    headers: [...COPY_HEADERS, 'x-amz-copy-source-range'],
    run: uploadPartCopy,
  },
  { name: 'UploadPart', method: 'PUT', on: 'object', needs: ['uploadId', 'partNumber'], headers: BODY_HEADERS, run: uploadPart },
  {
    name: 'CompleteMultipartUpload',
    method: 'POST',
    on: 'object',
    needs: ['uploadId'],
    headers: [...CHECKSUM_HEADERS, 'x-amz-checksum-type', 'x-amz-mp-object-size'],
    run: completeUpload,
  },
  { name: 'AbortMultipartUpload', method: 'DELETE', on: 'object', needs: ['uploadId'], run: abortUpload },
  { name: 'ListParts', method: 'GET', on: 'object', needs: ['uploadId'], takes: ['max-parts', 'part-number-marker'], run: listParts },
];

const ALWAYS_HEADERS = new Set(['x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token', 'x-amz-user-agent']);

/**
 * Does what a request asks.
 * @throws S3Error; 501 NotImplemented for any operation, parameter or `x-amz-…` header that is not known here
 */
export async function perform(context: S3Context, request: S3Request): Promise<S3Answer> {
  const operation = operationOf(request);
  if (operation.on === 'service') return operation.run(context, request);
  const bucket = context.catalogue.buckets.get(request.bucket ?? '');
  if (bucket === undefined) throw noSuchBucket(request.bucket ?? '');
  return operation.on === 'bucket' ? operation.run(context, request, bucket) : operation.run(context, request, bucket, request.key ?? '');
}

function operationOf(request: S3Request): Operation {
  const on = request.bucket === undefined ? 'service' : request.key === undefined ? 'bucket' : 'object';
  const candidates = OPERATIONS.filter((operation) => operation.on === on && operation.method === request.method && isMeant(operation, request));
  const operation = candidates.toSorted((one, other) => needsOf(other) - needsOf(one))[0];
  if (operation === undefined) throw notImplemented(`${request.method} on a ${on} with ${described([...request.query.keys()])}`);
  if (operation.name === 'ListObjectsV2' && request.query.get('list-type') !== '2') throw new S3Error(400, 'InvalidArgument', 'Invalid list-type');
  const parameters = new Set([...(operation.needs ?? []), ...(operation.takes ?? []), 'x-id']);
  const headers = new Set([...(operation.headers ?? []), ...(operation.needsHeader === undefined ? [] : [operation.needsHeader])]);
  for (const name of request.query.keys()) {
    if (!parameters.has(name) && !SIGNATURE_PARAMETERS.has(name.toLowerCase()) && !name.toLowerCase().startsWith('x-amz-'))
      throw notImplemented(`the parameter ${name} of ${operation.name}`);
  }
  for (const name of request.headers.keys()) {
    if (!name.startsWith('x-amz-') || ALWAYS_HEADERS.has(name) || headers.has(name)) continue;
    if (!(operation.metadata && name.startsWith('x-amz-meta-'))) throw notImplemented(`the header ${name} of ${operation.name}`);
  }
  return operation;
}

function isMeant({ needs = [], needsHeader }: Operation, request: S3Request): boolean {
  return needs.every((name) => request.query.has(name)) && (needsHeader === undefined || request.headers.has(needsHeader));
}

/** The most particular operation is the one that was meant. */
function needsOf({ needs = [], needsHeader }: Operation): number {
  return needs.length + (needsHeader === undefined ? 0 : 1);
}

function described(parameters: readonly string[]): string {
  return parameters.length === 0 ? 'no parameters' : `the parameters ${parameters.join(', ')}`;
}
