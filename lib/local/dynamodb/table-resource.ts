import { CreateTableCommand, type CreateTableCommandInput, DescribeTableCommand, type DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { arn } from '../aws-identity.ts';
import type { LocalServices } from '../local-services.ts';
import { generatedName } from '../physical-name.ts';
import { type DeclaredResource, givenName, type ResourceType, readProperties, templateNumber, withoutLocalMeaning } from '../template/declared-resource.ts';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const projection = z.object({ ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']), NonKeyAttributes: z.array(z.string()).optional() });
const index = z.object({ IndexName: z.string(), KeySchema: keySchema, Projection: projection });

const shared = {
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(index).optional(),
  LocalSecondaryIndexes: z.array(index).optional(),
  // Capacity, encryption, backups and the removal of expired items are not seen by those who read and write.
  BillingMode: withoutLocalMeaning,
  SSESpecification: withoutLocalMeaning,
  TimeToLiveSpecification: withoutLocalMeaning,
  WarmThroughput: withoutLocalMeaning,
};

const Table = z.strictObject({
  ...shared,
  ProvisionedThroughput: z.object({ ReadCapacityUnits: templateNumber, WriteCapacityUnits: templateNumber }).optional(),
  PointInTimeRecoverySpecification: withoutLocalMeaning,
  DeletionProtectionEnabled: withoutLocalMeaning,
  ContributorInsightsSpecification: withoutLocalMeaning,
  TableClass: withoutLocalMeaning,
  Tags: withoutLocalMeaning,
});

const GlobalTable = z.strictObject({
  ...shared,
  // One machine is one region: the other settings of a replica are those of `Table` above.
  Replicas: z.array(z.object({ Region: z.string() })).length(1),
});

export const dynamodbTable = tableType(Table);
export const dynamodbGlobalTable = tableType(GlobalTable);

function tableType(schema: z.ZodType<z.infer<typeof GlobalTable> | z.infer<typeof Table>>): ResourceType<LocalServices> {
  return {
    physicalId: (resource) => givenName(resource, 'TableName') ?? generatedName(resource.stackName, resource.logicalId, 255),
    attributes: { Arn: ({ physicalId }, { identity }) => arn(identity, 'dynamodb', `table/${physicalId}`) },
    async provision(resource, { dynamodb }) {
      const table = readProperties(schema, resource);
      const wanted: CreateTableCommandInput = {
        TableName: resource.physicalId,
        AttributeDefinitions: table.AttributeDefinitions,
        KeySchema: table.KeySchema,
        BillingMode: 'PAY_PER_REQUEST',
        ...(table.GlobalSecondaryIndexes === undefined ? {} : { GlobalSecondaryIndexes: table.GlobalSecondaryIndexes }),
        ...(table.LocalSecondaryIndexes === undefined ? {} : { LocalSecondaryIndexes: table.LocalSecondaryIndexes }),
      };
      const existing = await keysOf(dynamodb, resource.physicalId);
      if (existing === undefined) await dynamodb.send(new CreateTableCommand(wanted));
      else if (existing !== keyText(wanted)) throw changed(resource);
    },
  };
}

async function keysOf(dynamodb: DynamoDBClient, TableName: string): Promise<string | undefined> {
  try {
    const { Table: found } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    return keyText(found ?? {});
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

interface Keyed {
  readonly KeySchema?: { readonly AttributeName?: string | undefined }[] | undefined;
  readonly GlobalSecondaryIndexes?: (Keyed & { readonly IndexName?: string | undefined })[] | undefined;
  readonly LocalSecondaryIndexes?: (Keyed & { readonly IndexName?: string | undefined })[] | undefined;
}

function keyText({ KeySchema = [], GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] }: Keyed): string {
  const indexes = [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes].map((one) => `${one.IndexName}(${keyText(one)})`);
  return [KeySchema.map(({ AttributeName }) => AttributeName).join(','), ...indexes.toSorted()].join(' ');
}

function changed({ logicalId, physicalId }: DeclaredResource): Error {
  return new Error(`the table ${physicalId} (${logicalId}) exists with other keys or indexes: start with an empty data folder`);
}
