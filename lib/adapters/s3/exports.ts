import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, HeadObjectCommand, NotFound, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { ExportStore } from '../../ports.ts';
import { LONG_ANSWERS } from '../time-limits.ts';
import { putFile } from './put-file.ts';
import { withTemporaryFile } from './temporary-file.ts';

const s3 = new S3Client({ maxAttempts: 5, requestHandler: LONG_ANSWERS });

/** The exports of a bucket. A link dies with the credentials of the function that signed it, if these end sooner. */
export function s3Exports(bucket: string): ExportStore {
  return {
    async exists(key) {
      try {
        await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
        return true;
      } catch (error) {
        if (error instanceof NotFound) return false;
        throw error;
      }
    },

    put: (key, pieces, contentType) =>
      withTemporaryFile(async (path) => {
        await pipeline(Readable.from(pieces), createWriteStream(path));
        await putFile(s3, path, { Bucket: bucket, Key: key, ContentType: contentType });
      }),

    link: (key, fileName, seconds) =>
      getSignedUrl(s3, new GetObjectCommand({ Bucket: bucket, Key: key, ResponseContentDisposition: `attachment; filename="${fileName}"` }), { expiresIn: seconds }),
  };
}
