import { once } from 'node:events';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { ENVIRONMENT } from '../../lib/environment.ts';
import { TABLE_SHAPE } from '../adapters/table-shape.ts';

/**
 * A registry table in memory, which the environment of this process names: what is imported after this reads and writes it.
 * @returns how to stop it
 */
export async function startRegistry(table = 'registry'): Promise<() => void> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the table service has no port');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${address.port}`,
    AWS_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    [ENVIRONMENT.registryTable]: table,
  });
  await new DynamoDBClient().send(new CreateTableCommand({ TableName: table, ...TABLE_SHAPE }));
  return () => {
    server.close();
    server.closeAllConnections();
  };
}
