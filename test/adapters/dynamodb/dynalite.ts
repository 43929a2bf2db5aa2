import { once } from 'node:events';
import dynalite from 'dynalite';
import type { TableService } from './table-service.ts';

/** The service that `npm start` uses, in memory and in this process. */
export async function startDynalite(): Promise<TableService> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the table service has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
