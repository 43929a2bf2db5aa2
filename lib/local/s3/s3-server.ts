import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openCatalogue } from './catalogue.ts';
import { objectBytes } from './object-bytes.ts';
import type { ObjectCreated } from './object-created-event.ts';
import { perform } from './operations.ts';
import { refuseIfExpired } from './presigned-expiry.ts';
import type { S3Answer } from './s3-answer.ts';
import type { S3Context } from './s3-context.ts';
import { S3Error } from './s3-error.ts';
import { readRequest, requestId } from './s3-request.ts';
import { element, xmlError } from './xml-writer.ts';

export interface S3ServerOptions {
  /** Made if it is not there. One server at a time. */
  readonly dataDir: string;
  /** Any free one if not given. */
  readonly port?: number;
  readonly region: string;
  /**
   * Told of each new object once it can be read, before its writer has the answer. What it throws is written to stderr:
   * the object is stored all the same, as in S3.
   */
  readonly onObjectCreated?: (event: ObjectCreated) => void | Promise<void>;
}

export interface S3Server {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /**
   * Makes a bucket, or changes the settings of the one there is; `versioned: false` on a bucket with versions suspends them.
   * `tlsOnly` is told by GetBucketPolicy and not enforced: there is no TLS on loopback.
   */
  createBucket(name: string, options: { readonly versioned: boolean; readonly tlsOnly?: boolean }): Promise<void>;
  /** Ends open connections too. */
  stop(): Promise<void>;
}

/**
 * A small S3 for development, on loopback only, with its state on disk.
 *
 * It does what AWS documents for the operations listed in operations.ts and answers 501 to everything else. Signatures are NOT verified and any
 * credentials are welcome, none too (plain `curl -T` works); but the time of a presigned URL and the policy of a form are checked, so
 * code that gets these wrong is wrong here as well. Bucket policies, ACLs, encryption and lifecycles are not played.
 */
export async function startS3Server({ dataDir, port = 0, region, onObjectCreated }: S3ServerOptions): Promise<S3Server> {
  await mkdir(dataDir, { recursive: true });
  const catalogue = openCatalogue(join(dataDir, 'catalogue.sqlite'));
  const bytes = objectBytes(join(dataDir, 'bytes'));
  await bytes.sweep((bytesId) => catalogue.versions.names(bytesId) || catalogue.uploads.names(bytesId));

  const created = async (event: ObjectCreated) => {
    try {
      await onObjectCreated?.(event);
    } catch (error) {
      console.error(`local S3: the listener failed for ${event.bucket}/${event.key}`, error);
    }
  };
  const running = new Set<Promise<void>>();
  const server = createServer({ requestTimeout: 0 }, (incoming, response) => {
    const work = serve({ region, url, catalogue, bytes, created }, incoming, response).finally(() => running.delete(work));
    running.add(work);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  }).catch((error: unknown) => {
    catalogue.close();
    throw error;
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`;

  return {
    url,
    async createBucket(name, { versioned, tlsOnly = false }) {
      if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) throw new Error(`${name} cannot be the name of a bucket`);
      const there = catalogue.buckets.get(name);
      const versioning = versioned ? 'Enabled' : there?.versioning && 'Suspended';
      catalogue.buckets.put({ name, versioning, tlsOnly, created: there?.created ?? new Date() });
    },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await Promise.allSettled(running);
      catalogue.close();
    },
  };
}

async function serve(context: S3Context, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  let id = requestId();
  try {
    const request = readRequest(incoming);
    id = request.id;
    refuseIfExpired(request.query, new Date());
    await send(response, id, await perform(context, request));
  } catch (error) {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    await send(response, id, errorAnswer(error, id, incoming)).catch(() => response.destroy());
  } finally {
    // A client that still sends must be heard out, or it never reads the answer.
    incoming.resume();
  }
}

async function send(response: ServerResponse, id: string, { status, headers, body }: S3Answer): Promise<void> {
  response.writeHead(status, {
    'x-amz-request-id': id,
    'x-amz-id-2': id,
    ...Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
    ...lengthOf(body, status, headers),
  });
  if (body === undefined || typeof body === 'string') response.end(body);
  else await pipeline(body, response);
}

/** A stream's length stands in the headers already; 204 and 304 have no length at all. */
function lengthOf(body: S3Answer['body'], status: number, headers: S3Answer['headers']): Record<string, string> {
  if (typeof body === 'string') return { 'content-length': String(Buffer.byteLength(body)) };
  return body !== undefined || headers['content-length'] !== undefined || status === 204 || status === 304 ? {} : { 'content-length': '0' };
}

function errorAnswer(error: unknown, id: string, { method, url = '' }: IncomingMessage): S3Answer {
  const failure = error instanceof S3Error ? error : defect(error);
  const headers = { 'content-type': 'application/xml' };
  if (method === 'HEAD') return { status: failure.status, headers };
  const details = Object.entries(failure.details).map(([name, value]) => element(name, value));
  const resource = url.split('?')[0] ?? url;
  const body = xmlError([
    element('Code', failure.code),
    element('Message', failure.message),
    ...details,
    element('Resource', resource),
    element('RequestId', id),
    element('HostId', id),
  ]);
  return { status: failure.status, headers, body };
}

function defect(error: unknown): S3Error {
  console.error('local S3: defect', error);
  return new S3Error(500, 'InternalError', 'We encountered an internal error. Please try again.');
}
