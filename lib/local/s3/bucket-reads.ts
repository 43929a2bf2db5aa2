import { type S3Answer, xmlAnswer } from './s3-answer.ts';
import type { S3Context } from './s3-context.ts';
import { S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import type { Bucket } from './stored-object.ts';
import { element } from './xml-writer.ts';

export async function listBuckets({ catalogue }: S3Context): Promise<S3Answer> {
  const buckets = catalogue.buckets.all().map(({ name, created }) => element('Bucket', [element('Name', name), element('CreationDate', created.toISOString())]));
  return xmlAnswer(element('ListAllMyBucketsResult', [element('Owner', [element('ID', 'local')]), element('Buckets', buckets)]));
}

export async function headBucket({ region }: S3Context): Promise<S3Answer> {
  return { status: 200, headers: { 'x-amz-bucket-region': region } };
}

/** S3 says nothing for us-east-1. */
export async function getBucketLocation({ region }: S3Context): Promise<S3Answer> {
  return xmlAnswer(element('LocationConstraint', region === 'us-east-1' ? [] : region));
}

export async function getBucketVersioning(_context: S3Context, _request: S3Request, { versioning }: Bucket): Promise<S3Answer> {
  return xmlAnswer(element('VersioningConfiguration', [element('Status', versioning)]));
}

/** The policy of a bucket for TLS only. It is told, not enforced: loopback has no TLS. */
export async function getBucketPolicy(_context: S3Context, _request: S3Request, { name, tlsOnly }: Bucket): Promise<S3Answer> {
  if (!tlsOnly) throw new S3Error(404, 'NoSuchBucketPolicy', 'The bucket policy does not exist', { BucketName: name });
  const statement = {
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) };
}
