import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import { type Listening, STOP_EMULATOR } from '../emulator-thread.ts';

const { dataDir }: { readonly dataDir: string } = workerData;

const server = dynalite({ path: dataDir, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('the table service has no port');

parentPort?.postMessage({ port: address.port } satisfies Listening);
parentPort?.on('message', (message) => {
  if (message !== STOP_EMULATOR) return;
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
