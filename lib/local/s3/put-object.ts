import { checksumHeader } from './checksum.ts';
import { writeCondition } from './conditions.ts';
import { receiveBody } from './incoming-body.ts';
import { attributesOf } from './object-attributes.ts';
import type { S3Answer } from './s3-answer.ts';
import type { S3Context } from './s3-context.ts';
import type { S3Request } from './s3-request.ts';
import { storeObject, versionHeader } from './store-object.ts';
import type { Bucket, ObjectVersion } from './stored-object.ts';

export async function putObject(context: S3Context, request: S3Request, bucket: Bucket, key: string): Promise<S3Answer> {
  const attributes = attributesOf(request.headers);
  const condition = writeCondition(request.headers);
  condition(key, context.catalogue.versions.latest(bucket.name, key));
  const { bytesId, result } = await context.bytes.write((file) => receiveBody(request, file));
  const { size, md5, checksum } = result;
  const object = {
    key,
    bytesId,
    size,
    eTag: md5.toString('hex'),
    attributes: checksum === undefined ? attributes : { ...attributes, checksum: { ...checksum, type: 'FULL_OBJECT' as const } },
  };
  const version = await storeObject(context, bucket, { object, condition, eventName: 'ObjectCreated:Put' });
  return {
    status: 200,
    headers: { etag: `"${version.eTag}"`, 'x-amz-server-side-encryption': 'AES256', ...versionHeader(bucket, version.versionId), ...checksumHeaders(version) },
  };
}

export function checksumHeaders({ attributes: { checksum } }: Pick<ObjectVersion, 'attributes'>): Readonly<Record<string, string>> {
  return checksum === undefined ? {} : { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
}
