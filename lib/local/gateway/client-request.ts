import type { IncomingMessage } from 'node:http';

/** A request as it came over the wire. */
export interface ClientRequest {
  readonly requestId: string;
  readonly receivedAt: Date;
  readonly httpMethod: string;
  /** Raw path, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Every value of each header, under the name that the client wrote first. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** Largest body that API Gateway reads. */
const BODY_LIMIT_BYTES = 10 * 1024 * 1024;
/** Request line and header values together. */
export const HEADER_LIMIT_BYTES = 10_240;

/** The size that API Gateway limits to `HEADER_LIMIT_BYTES`. */
export function headerBytes(message: IncomingMessage): number {
  const line = `${message.method} ${message.url} HTTP/${message.httpVersion}`;
  const values = message.rawHeaders.filter((_, index) => index % 2 === 1);
  return [line, ...values].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** Reads a body to its end; `undefined` if it is larger than API Gateway reads. */
export async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    const piece = Buffer.from(chunk);
    bytes += piece.length;
    // Read on without keeping it: a client that is still sending would not see the answer.
    if (bytes <= BODY_LIMIT_BYTES) chunks.push(piece);
  }
  return bytes > BODY_LIMIT_BYTES ? undefined : Buffer.concat(chunks);
}

/** Groups raw name and value pairs by name, whatever their case. */
export function groupHeaders(rawHeaders: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const names = new Map<string, string>();
  const grouped: Record<string, string[]> = {};
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const written = rawHeaders[index] ?? '';
    const name = names.get(written.toLowerCase()) ?? written;
    names.set(written.toLowerCase(), name);
    grouped[name] = [...(grouped[name] ?? []), rawHeaders[index + 1] ?? ''];
  }
  return grouped;
}

/** The last value of a header, whatever the case of its name. */
export function headerOf({ headers }: Pick<ClientRequest, 'headers'>, name: string): string | undefined {
  return Object.entries(headers)
    .find(([written]) => written.toLowerCase() === name.toLowerCase())?.[1]
    .at(-1);
}
