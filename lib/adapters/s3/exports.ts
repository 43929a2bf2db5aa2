import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, HeadObjectCommand, NotFound, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { ExportStore } from '../../ports.ts';
import { withTemporaryFile } from './temporary-file.ts';

const s3 = new S3Client({ maxAttempts: 5 });

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
        const { size } = await stat(path);
        await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: createReadStream(path), ContentLength: size, ContentType: contentType }));
      }),

    link: (key, fileName, seconds) =>
      getSignedUrl(s3, new GetObjectCommand({ Bucket: bucket, Key: key, ResponseContentDisposition: `attachment; filename="${fileName}"` }), { expiresIn: seconds }),
  };
}
