import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { S3Error } from './s3-error.ts';

/** A request as S3 reads it. The key is any text: it never becomes a file name. */
export interface S3Request {
  readonly id: string;
  readonly method: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly query: ReadonlyMap<string, string>;
  /** Names in lower case; `x-amz-…` parameters of a presigned URL are among them, as S3 reads them. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: IncomingMessage;
}

/** What the query string of a signed request says of its signature: these are not parameters of the operation. */
export const SIGNATURE_PARAMETERS: ReadonlySet<string> = new Set([
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-signedheaders',
  'x-amz-signature',
  'x-amz-security-token',
  'x-amz-content-sha256',
  'awsaccesskeyid',
  'signature',
  'expires',
]);

const LONGEST_KEY_BYTES = 1_024;

/** @throws S3Error where the address cannot be read */
export function readRequest(incoming: IncomingMessage): S3Request {
  const [path = '', queryString = ''] = split(incoming.url ?? '/', '?');
  const { bucket, key } = addressed(hostBucket(incoming.headers.host ?? ''), path);
  if (Buffer.byteLength(key ?? '') > LONGEST_KEY_BYTES) {
    throw new S3Error(400, 'KeyTooLongError', 'Your key is too long', { Size: String(Buffer.byteLength(key ?? '')), MaxSizeAllowed: String(LONGEST_KEY_BYTES) });
  }
  const query = new Map(new URLSearchParams(queryString));
  return { id: requestId(), method: incoming.method ?? 'GET', bucket, key, query, headers: headersOf(incoming, query), body: incoming };
}

export function requestId(): string {
  return randomBytes(8).toString('hex').toUpperCase();
}

/** The bucket in `<bucket>.localhost`; `undefined` for the path style. Other hosts than loopback are a page elsewhere that found this port. */
function hostBucket(host: string): string | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  if (name === '127.0.0.1' || name === 'localhost' || name === '[::1]') return undefined;
  const bucket = /^(.+)\.localhost$/.exec(name)?.[1];
  if (bucket === undefined) throw new S3Error(400, 'InvalidRequest', 'This local S3 answers to loopback host names only');
  return bucket;
}

function addressed(bucket: string | undefined, path: string): { readonly bucket: string | undefined; readonly key: string | undefined } {
  const rest = path.replace(/^\//, '');
  if (bucket !== undefined) return { bucket, key: nonEmpty(decoded(rest)) };
  const [name = '', key] = split(rest, '/');
  return { bucket: nonEmpty(decoded(name)), key: key === undefined ? undefined : nonEmpty(decoded(key)) };
}

function headersOf(incoming: IncomingMessage, query: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of query) {
    const header = name.toLowerCase();
    if (header.startsWith('x-amz-') && !SIGNATURE_PARAMETERS.has(header)) headers.set(header, value);
  }
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}

function nonEmpty(text: string): string | undefined {
  return text === '' ? undefined : text;
}

function split(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
