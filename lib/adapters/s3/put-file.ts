import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { PutObjectCommand, type PutObjectCommandInput, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { correlationMetadata } from './correlation-metadata.ts';

const TRIES = 5;
const FIRST_PAUSE_MS = 100;

/** Puts a file of the local disk. The client sends no stream a second time: each attempt opens the file anew. */
export async function putFile(client: S3Client, path: string, target: Omit<PutObjectCommandInput, 'Body' | 'ContentLength'>): Promise<void> {
  const { size } = await stat(path);
  for (let attempt = 0; ; attempt += 1) {
    try {
      await client.send(new PutObjectCommand({ ...correlationMetadata(), ...target, Body: createReadStream(path), ContentLength: size }));
      return;
    } catch (error) {
      if (attempt + 1 === TRIES || isFinal(error)) throw error;
      await delay(FIRST_PAUSE_MS * 2 ** attempt * Math.random());
    }
  }
}

/** S3 answered, and asking again would change nothing. A connection that broke has no answer. */
function isFinal(error: unknown): boolean {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  return status !== undefined && status < 500 && status !== 429;
}
