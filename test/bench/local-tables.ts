import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { TABLE_SHAPE } from '../adapters/table-shape.ts';

/** Tables of a stand-in for DynamoDB that runs in a process of its own. */
export interface LocalTables {
  /** What a program needs to find it. */
  readonly env: Readonly<Record<string, string>>;
  make(name: string): Promise<string>;
  stop(): Promise<void>;
}

export async function localTables(): Promise<LocalTables> {
  const service = spawn(process.execPath, [join(import.meta.dirname, 'subjects/table-service.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(service.stdout, 'data');
  const env = { AWS_ENDPOINT_URL_DYNAMODB: String(line).trim(), AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  const client = new DynamoDBClient({
    endpoint: env.AWS_ENDPOINT_URL_DYNAMODB,
    region: env.AWS_REGION,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY },
  });
  return {
    env,
    async make(name) {
      await client.send(new CreateTableCommand({ TableName: name, ...TABLE_SHAPE }));
      return name;
    },
    async stop() {
      client.destroy();
      service.kill();
      if (service.exitCode === null) await once(service, 'exit');
    },
  };
}
