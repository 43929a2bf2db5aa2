import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Endpoints, LocalService } from '../../lib/local/service-endpoints.ts';
import { type NeededGrant, neededGrants } from './needed-grants.ts';

/** A call of a function, as the permission that AWS would have asked it for. */
export interface RecordedCall extends NeededGrant {
  /** Name of the function. */
  readonly fn: string;
}

export interface CallRecorder {
  /** Every kind of call so far, each once. */
  readonly calls: () => readonly RecordedCall[];
  /** Addresses of its own for a function, behind which the services stand. */
  readonly endpointsOf: (fn: string, endpoints: Endpoints) => Promise<Endpoints>;
  readonly stop: () => Promise<void>;
}

const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** Stands between each function and the services, changes nothing, and notes which permission each request needs. */
export function callRecorder(): CallRecorder {
  const calls = new Map<string, RecordedCall>();
  const servers: Server[] = [];

  const listen = async (fn: string, service: LocalService, behind: string): Promise<string> => {
    const server = createServer(async (incoming, outgoing) => {
      try {
        const body = await buffer(incoming);
        const { method = 'GET', url = '/', headers } = incoming;
        for (const grant of neededGrants(service, { method, url, headers, body })) calls.set(`${fn} ${grant.action} ${grant.resource}`, { fn, ...grant });
        const answer = await answerOf(new URL(url, behind), method, { ...passed(headers), 'content-length': String(body.length) }, body);
        outgoing.writeHead(answer.statusCode ?? 502, passed(answer.headers));
        answer.pipe(outgoing);
      } catch (error) {
        // Not answered: the call fails, and with it what the test waits for.
        console.error(error);
        outgoing.destroy();
      }
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : ''}`;
  };

  return {
    calls: () => [...calls.values()],
    endpointsOf: async (fn, behind) => ({
      dynamodb: await listen(fn, 'dynamodb', behind.dynamodb),
      sqs: await listen(fn, 'sqs', behind.sqs),
      s3: await listen(fn, 's3', behind.s3),
      cognito: await listen(fn, 'cognito', behind.cognito),
      mail: await listen(fn, 'mail', behind.mail),
      sms: await listen(fn, 'sms', behind.sms),
    }),
    async stop() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function passed<Value>(headers: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
}

function answerOf(address: URL, method: string, headers: Record<string, string | string[] | undefined>, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(address, { method, headers }, resolve).on('error', reject).end(body);
  });
}
