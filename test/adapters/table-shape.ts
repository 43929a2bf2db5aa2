import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/** What every table of ours is, but for its name: `test/infrastructure/data.test.ts` holds the template to it. */
export const TABLE_SHAPE = {
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
} satisfies Omit<CreateTableCommandInput, 'TableName'>;
