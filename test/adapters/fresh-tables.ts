import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDynalite } from './dynamodb/dynalite.ts';
import type { TableService } from './dynamodb/table-service.ts';
import { TABLE_SHAPE } from './table-shape.ts';

export interface FreshTables {
  /** Makes an empty table and gives its name. */
  table(): Promise<string>;
  stop(): Promise<void>;
}

/** A table service, in this process unless another one is given, which the environment names: what is imported after this uses it. */
export async function freshTables(start: () => Promise<TableService> = startDynalite): Promise<FreshTables> {
  const service = await start();
  Object.assign(process.env, { AWS_ENDPOINT_URL_DYNAMODB: service.url, AWS_REGION: 'eu-west-3', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  const client = new DynamoDBClient();
  let count = 0;
  return {
    async table() {
      count += 1;
      const TableName = `table-${count}`;
      await client.send(new CreateTableCommand({ TableName, ...TABLE_SHAPE }));
      while ((await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus !== 'ACTIVE');
      return TableName;
    },
    async stop() {
      client.destroy();
      await service.stop();
    },
  };
}
