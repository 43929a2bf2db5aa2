import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client, type S3ClientConfig, type S3ServiceException } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { ObjectCreated } from '../../../lib/local/s3/object-created-event.ts';
import { type S3Server, startS3Server } from '../../../lib/local/s3/s3-server.ts';

export const REGION = 'eu-west-1';
/** A bucket without versions. */
export const PLAIN = 'plain';
/** A bucket that keeps versions. */
export const KEPT = 'kept';

/** A server with two buckets, its SDK client, and what it told of. */
export interface TestServer {
  readonly server: S3Server;
  readonly dataDir: string;
  readonly s3: S3Client;
  readonly events: ObjectCreated[];
  readonly restart: () => Promise<TestServer>;
  readonly end: () => Promise<void>;
}

export async function startTestServer(): Promise<TestServer> {
  return open(await mkdtemp(join(tmpdir(), 's3-')));
}

async function open(dataDir: string): Promise<TestServer> {
  const events: ObjectCreated[] = [];
  const server = await startS3Server({ dataDir, region: REGION, onObjectCreated: (event) => void events.push(event) });
  await server.createBucket(PLAIN, { versioned: false });
  await server.createBucket(KEPT, { versioned: true, tlsOnly: true });
  const s3 = client(server.url);
  const close = async () => {
    s3.destroy();
    await server.stop();
  };
  return {
    server,
    dataDir,
    s3,
    events,
    restart: async () => {
      await close();
      return open(dataDir);
    },
    end: async () => {
      await close();
      await rm(dataDir, { recursive: true });
    },
  };
}

export function client(endpoint: string, more: S3ClientConfig = {}): S3Client {
  return new S3Client({ region: REGION, endpoint, credentials: { accessKeyId: 'x', secretAccessKey: 'y' }, maxAttempts: 1, ...more });
}

/** The files of bytes on disk, relative to the data directory. */
export async function storedFiles({ dataDir }: TestServer): Promise<readonly string[]> {
  const entries = await readdir(join(dataDir, 'bytes'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** That a call of the SDK is refused, and how. */
export async function expectRefusal(call: Promise<unknown>, name: string, status: number): Promise<void> {
  const failure = await call.then(
    () => new Error('the call went through'),
    (error: S3ServiceException) => error,
  );
  expect({ name: failure.name, status: '$metadata' in failure ? failure.$metadata.httpStatusCode : undefined, message: failure.message }).toMatchObject({ name, status });
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** `<Code>` of an error. */
  readonly code: string | undefined;
}

export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A request byte for byte as given: no URL is tidied, no header added. */
export function raw({ server }: TestServer, path: string, { method = 'GET', headers = {}, body }: RawRequest = {}): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const length = body === undefined || 'transfer-encoding' in headers ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = request({ hostname, port, path, method, headers: { ...length, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, code: /<Code>(.*?)<\/Code>/.exec(text)?.[1] });
      });
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
