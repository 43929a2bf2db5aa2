import { Agent, type OutgoingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { WireAnswer } from './documented.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** A request as a client may write it that no browser would: `fetch` mends paths and refuses bodies of GET. */
export async function rawRequest(api: string, method: string, path: string, headers: OutgoingHttpHeaders, body: Buffer): Promise<WireAnswer> {
  const { hostname, port } = new URL(api);
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port, method, path, headers: { ...headers, 'content-length': body.length } }, (response) => {
      const named = Object.entries(response.headers).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, String(value)]]));
      buffer(response).then((bytes) => resolve({ status: response.statusCode ?? 0, headers: new Headers(named), text: bytes.toString('utf8') }), reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
