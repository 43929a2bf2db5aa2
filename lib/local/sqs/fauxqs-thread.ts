import { subscribe } from 'node:diagnostics_channel';
import { parentPort, workerData } from 'node:worker_threads';
import { startFauxqs } from 'fauxqs';
import { type Listening, STOP_EMULATOR } from '../emulator-thread.ts';
import { releaseMessages } from './forgotten-receivers.ts';

const { dataDir, region }: { readonly dataDir: string; readonly region: string } = workerData;

// fauxqs always asks for 0.0.0.0. Node tells before it binds, and reads the address after that.
subscribe('tracing:net.server.listen:asyncStart', (message) => {
  if (isListening(message)) message.options.host = '127.0.0.1';
});

function isListening(message: unknown): message is { options: { host: string } } {
  return typeof message === 'object' && message !== null && 'options' in message && typeof message.options === 'object' && message.options !== null;
}

releaseMessages(dataDir);
const server = await startFauxqs({ port: 0, dataDir, defaultRegion: region, logger: false });
if (new URL(server.address).hostname !== '127.0.0.1') throw new Error(`the queue service would listen on ${server.address}`);

parentPort?.postMessage({ port: server.port } satisfies Listening);
parentPort?.on('message', async (message) => {
  if (message !== STOP_EMULATOR) return;
  await server.stop();
  process.exit(0);
});
