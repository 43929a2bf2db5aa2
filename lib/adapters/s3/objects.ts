import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { Objects, SpooledFile } from '../../ports.ts';
import { LONG_ANSWERS } from '../time-limits.ts';
import { adoptCorrelation, correlationMetadata } from './correlation-metadata.ts';
import { putFile } from './put-file.ts';
import { withTemporaryFile } from './temporary-file.ts';

const s3 = new S3Client({ maxAttempts: 5, requestHandler: LONG_ANSWERS });

/** Lines repeat themselves: the fastest level packs them nearly as small as the best, in a third of the time. */
const FASTEST = 1;
const PIECE_CHARACTERS = 64 * 1024;

/** The objects of a bucket. */
export function s3Objects(bucket: string): Objects {
  return {
    async put(key, body, contentType) {
      const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType, ...correlationMetadata() }));
      return { key, versionId: VersionId };
    },

    async putOnce(key, body, contentType) {
      try {
        await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType, IfNoneMatch: '*', ...correlationMetadata() }));
        return true;
      } catch (error) {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412) return false;
        throw error;
      }
    },

    putLines: (key, lines) =>
      withTemporaryFile(async (path) => {
        await pipeline(Readable.from(pieces(lines)), createGzip({ level: FASTEST }), createWriteStream(path));
        await putFile(s3, path, { Bucket: bucket, Key: key, ContentType: 'application/x-ndjson', ContentEncoding: 'gzip' });
      }),

    async spool({ key, versionId }) {
      try {
        const { Body, Metadata } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
        if (!(Body instanceof Readable)) throw new Error('an object came without a stream');
        adoptCorrelation(Metadata);
        return await spoolStream(Body);
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    },
  };
}

/** A million short lines, each handed on by itself, cost more than packing them. */
function* pieces(lines: Iterable<string>): Iterable<string> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** The key, or that version of it. The bucket itself not being there is a fault of ours. */
function isGone(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404 && error.name !== 'NoSuchBucket';
}

async function spoolStream(body: Readable): Promise<SpooledFile> {
  const directory = await mkdtemp(join(tmpdir(), 'objet-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  const path = join(directory, 'contenu');
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(body, measure, createWriteStream(path));
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, bytes, sha256: hash.digest('hex'), remove };
}
