import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { LARGEST_UPLOAD_BYTES, UPLOAD_SECONDS } from '../../core/upload.ts';
import type { UploadForms } from '../../ports.ts';
import { correlationField } from './correlation-metadata.ts';

const s3 = new S3Client({ maxAttempts: 5 });

/** Forms by which a browser or curl brings one object to a bucket: one key, one content type, one range of sizes, for a quarter of an hour. */
export function s3UploadForms(bucket: string): UploadForms {
  return {
    async form(key, contentType) {
      const { url, fields } = await createPresignedPost(s3, {
        Bucket: bucket,
        Key: key,
        Expires: UPLOAD_SECONDS,
        Fields: { 'Content-Type': contentType, ...correlationField() },
        Conditions: [
          ['content-length-range', 1, LARGEST_UPLOAD_BYTES],
          ['eq', '$Content-Type', contentType],
        ],
      });
      return { url, fields };
    },
  };
}
