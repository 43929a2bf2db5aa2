import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as the server saw it. */
export interface Seen {
  readonly request: string;
  readonly authorization: string | undefined;
  readonly contentType: string;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server that answers as a test says, and remembers what it was asked. */
export interface ApiServer {
  readonly address: string;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

export async function apiServer(reply: (seen: Seen) => Reply | Promise<Reply>): Promise<ApiServer> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const one = await seenOf(request);
    seen.push(one);
    const { status = 200, body, headers } = await reply(one);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${portOf(server.address())}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

async function seenOf(request: IncomingMessage): Promise<Seen> {
  const { authorization, 'content-type': contentType = '' } = request.headers;
  return { request: `${request.method} ${request.url}`, authorization, contentType, body: await text(request) };
}
