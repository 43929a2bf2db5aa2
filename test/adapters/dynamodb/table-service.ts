import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** A running stand-in for DynamoDB. */
export interface TableService {
  readonly url: string;
  stop(): Promise<void>;
}

/** The tables of the stores, as every suite names them. */
export const TABLE = { registry: 'registry', ledger: 'ledger' } as const;

/** Points the SDK clients that this process has not made yet to a service, and makes our two tables there. */
export async function useTables(start: () => Promise<TableService>): Promise<TableService> {
  const service = await start();
  Object.assign(process.env, { AWS_ENDPOINT_URL_DYNAMODB: service.url, AWS_REGION: 'eu-west-3', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  const client = new DynamoDBClient();
  for (const TableName of Object.values(TABLE)) {
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
      }),
    );
  }
  client.destroy();
  return service;
}
