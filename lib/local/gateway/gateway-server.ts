import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { LocalLog } from '../local-event.ts';
import { groupHeaders, HEADER_LIMIT_BYTES, headerBytes, readBody } from './client-request.ts';
import type { ClientAnswer } from './proxy-answer.ts';
import type { RequestHandler } from './request-handler.ts';

/** The HTTP side of the API on loopback. It listens before it can answer, because other resources need its address. */
export interface GatewayServer {
  /** Base address, without a final `/`. */
  readonly url: string;
  /** From now on requests are answered; those that came earlier have waited. */
  open(handler: RequestHandler): void;
  /** Takes no new connection and waits at most `graceMs` for the answers that are due. A second call does nothing. */
  stop(graceMs: number): Promise<void>;
}

const HEADERS_TOO_LARGE: ClientAnswer = {
  status: 431,
  headers: { 'Content-Type': 'application/json' },
  body: Buffer.from('{"message":"Request Header Or Cookie Too Large"}'),
};
const BROKEN: ClientAnswer = { status: 500, headers: { 'Content-Type': 'application/json' }, body: Buffer.from('{"message":"Internal server error"}') };
// Far over the gateway's own limit, so that it is the gateway that refuses.
const NODE_HEADER_LIMIT = 256 * 1024;
// As API Gateway keeps a connection: a client that comes back after seconds must not find it closing.
const KEEP_ALIVE_MS = 350_000;

export async function listenForRequests(port: number, log: LocalLog): Promise<GatewayServer> {
  const opened = Promise.withResolvers<RequestHandler>();
  const server = createServer({ maxHeaderSize: NODE_HEADER_LIMIT, requestTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS }, (message, response) => {
    const work = respond(message, response, opened.promise, () => !server.listening, log);
    work.catch((error: unknown) => {
      log({ kind: 'fault', source: 'gateway', message: String(error) });
      response.destroy();
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    open: (handler) => opened.resolve(handler),
    async stop(graceMs) {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(force);
    },
  };
}

async function respond(message: IncomingMessage, response: ServerResponse, handler: Promise<RequestHandler>, isClosing: () => boolean, log: LocalLog): Promise<void> {
  const started = performance.now();
  const requestId = randomUUID();
  const [path = '/'] = (message.url ?? '/').split('?');
  const answer = await answerTo(message, requestId, await handler).catch((error: unknown) => {
    log({ kind: 'fault', source: 'gateway', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    return BROKEN;
  });
  // An open connection would keep a server that stops waiting for the next request.
  const connection = isClosing() ? { Connection: 'close' } : {};
  const headers = { ...answer.headers, ...connection, 'Content-Length': String(answer.body.length), 'x-amzn-RequestId': requestId };
  response.writeHead(answer.status, Object.entries(headers).flatMap(headerLines));
  response.end(message.method === 'HEAD' ? undefined : answer.body);
  log({ kind: 'request', method: message.method ?? '', path, status: answer.status, milliseconds: performance.now() - started });
}

async function answerTo(message: IncomingMessage, requestId: string, handler: RequestHandler): Promise<ClientAnswer> {
  const receivedAt = new Date();
  const body = await readBody(message);
  if (headerBytes(message) > HEADER_LIMIT_BYTES) return HEADERS_TOO_LARGE;
  const target = message.url ?? '/';
  const queryStart = target.indexOf('?');
  const sourceIp = message.socket.remoteAddress ?? '127.0.0.1';
  return handler({
    requestId,
    receivedAt,
    httpMethod: message.method ?? 'GET',
    path: queryStart === -1 ? target : target.slice(0, queryStart),
    query: new URLSearchParams(queryStart === -1 ? '' : target.slice(queryStart + 1)),
    headers: groupHeaders([...message.rawHeaders, ...forwardedHeaders(message, sourceIp)]),
    body,
    sourceIp,
  });
}

function forwardedHeaders(message: IncomingMessage, sourceIp: string): readonly string[] {
  const port = String(message.socket.localPort ?? '');
  return ['X-Forwarded-For', sourceIp, 'X-Forwarded-Port', port, 'X-Forwarded-Proto', 'http'];
}

function headerLines([name, value]: readonly [string, string | readonly string[]]): string[] {
  return typeof value === 'string' ? [name, value] : value.flatMap((one) => [name, one]);
}
