import { createServer } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { documentedVerifier } from '../documented-verifier.ts';

/** A webhook as it arrived. */
export interface Arrival {
  /** The delivery that it says it is. */
  readonly delivery: string;
  readonly signature: string;
  readonly body: string;
}

/** A server on loopback to which webhooks can be sent; it takes all of them. */
export interface WebhookReceiver {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly arrivals: readonly Arrival[];
  stop(): void;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const arrivals: Arrival[] = [];
  const server = createServer(async (incoming, response) => {
    const text = (name: string) => String(incoming.headers[name] ?? '');
    arrivals.push({ delivery: text('x-reconciliation-livraison'), signature: text('x-reconciliation-signature'), body: await readText(incoming) });
    response.writeHead(204).end();
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    arrivals,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Whether the verifier that the guide gives to receivers takes it for genuine. */
export async function isGenuine({ signature, body }: Arrival, secret: string): Promise<boolean> {
  return (await documentedVerifier())(secret, signature, body) === true;
}
