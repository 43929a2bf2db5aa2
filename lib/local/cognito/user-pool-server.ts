import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type Directory, openDirectory } from './directory.ts';
import { discoveryDocument } from './discovery.ts';
import { openDocuments } from './documents.ts';
import { performJson } from './json-protocol.ts';
import { issueToken, OAuthError, revokeToken } from './oauth.ts';
import { type PoolProvision, poolProvision } from './provision.ts';

export interface UserPoolServerOptions {
  /** Made if it is not there. One server at a time. */
  readonly dataDir: string;
  /** Any free one if not given. */
  readonly port?: number;
  readonly region: string;
  /** The clock of tokens and locks. */
  readonly now?: () => Date;
}

export interface UserPoolServer extends PoolProvision {
  /** `http://127.0.0.1:<port>`: the endpoint of the API, of `/oauth2/…` and of `/<pool>/.well-known/…`. */
  readonly url: string;
  /** Ends open connections too. */
  stop(): Promise<void>;
}

const LARGEST_BODY_BYTES = 1024 * 1024;

/**
 * A small Cognito for development, on loopback only, with its state on disk: users, and the keys, so that tokens outlive a restart.
 *
 * It does what AWS documents for the operations listed in json-protocol.ts and answers UnknownOperationException to the rest. IAM is not played:
 * anybody on this machine is an administrator. No mail and no SMS goes out. Aliases, MFA, triggers and the hosted pages are not there.
 */
export async function startUserPoolServer({ dataDir, port = 0, region, now = () => new Date() }: UserPoolServerOptions): Promise<UserPoolServer> {
  await mkdir(dataDir, { recursive: true });
  const documents = openDocuments(join(dataDir, 'user-pools.sqlite'));
  const directory = openDirectory(documents, region, now);
  const running = new Set<Promise<void>>();
  const server = createServer((incoming, response) => {
    const work = serve(directory, url, incoming, response).finally(() => running.delete(work));
    running.add(work);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  }).catch((error: unknown) => {
    documents.close();
    throw error;
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`;
  return {
    ...poolProvision(directory),
    url,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await Promise.allSettled(running);
      documents.close();
    },
  };
}

async function serve(directory: Directory, url: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, body: object | undefined, headers: Readonly<Record<string, string>> = {}) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    response.writeHead(status, { 'x-amzn-requestid': randomUUID(), 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)), ...headers });
    response.end(text);
  };
  try {
    const path = (incoming.url ?? '/').split('?')[0] ?? '/';
    if (!isLoopback(incoming.headers.host)) return send(400, { message: 'This local Cognito answers to loopback host names only' });
    const body = await readBody(incoming);
    if (body === undefined) return send(413, { message: 'Request Too Long' });
    const route = `${incoming.method} ${path}`;
    if (route === 'POST /') {
      const answer = await performJson(directory, incoming.headers['x-amz-target']?.toString(), body);
      return send(answer.status, answer.body, { 'content-type': 'application/x-amz-json-1.1', ...answer.headers });
    }
    const request = { form: new URLSearchParams(body), authorization: incoming.headers.authorization };
    if (route === 'POST /oauth2/token') return send(200, await issueToken(directory, request), { 'cache-control': 'no-store' });
    if (route === 'POST /oauth2/revoke') {
      revokeToken(directory, request);
      return send(200, undefined);
    }
    const document = incoming.method === 'GET' ? discoveryDocument(directory, url, path) : undefined;
    return document === undefined ? send(404, { message: 'Not Found' }) : send(200, document);
  } catch (error) {
    if (error instanceof OAuthError) return send(error.status, { error: error.code });
    if (incoming.readableAborted || response.headersSent) return void response.destroy();
    console.error('local Cognito: defect', error);
    return send(500, { message: 'Internal Server Error' });
  }
}

/** A page elsewhere that found this port comes with another host. */
function isLoopback(host = ''): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(host.replace(/:\d+$/, '').toLowerCase());
}

/** `undefined` for a body that is too long. */
async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= LARGEST_BODY_BYTES) chunks.push(chunk);
  }
  return size > LARGEST_BODY_BYTES ? undefined : Buffer.concat(chunks).toString();
}
