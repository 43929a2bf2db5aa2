import {
  AdminConfirmSignUpCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  InvalidPasswordException,
  ListGroupsCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalCloud } from '../../lib/local/local-cloud.ts';
import { eventually, functionResource, type RunningCloud, startAgain, startSmallCloud, stopAndRemove } from './small-assembly.ts';

const RECORD = 'export const handler = async ({ Records }) => { for (const { body } of Records) console.log(body); };';

let running: RunningCloud;
beforeAll(async () => {
  running = await startSmallCloud({
    resources: {
      Table: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: {
          AttributeDefinitions: ['pk', 'sk', 'other'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          GlobalSecondaryIndexes: [{ IndexName: 'byOther', KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } }],
          BillingMode: 'PAY_PER_REQUEST',
          Replicas: [{ Region: { Ref: 'AWS::Region' } }],
        },
      },
      Bucket: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          BucketName: { 'Fn::Sub': `drops-\${AWS::AccountId}` },
          VersioningConfiguration: { Status: 'Enabled' },
          NotificationConfiguration: {
            QueueConfigurations: [
              {
                Event: 's3:ObjectCreated:*',
                Queue: { 'Fn::GetAtt': ['Arrivals', 'Arn'] },
                Filter: {
                  S3Key: {
                    Rules: [
                      { Name: 'prefix', Value: 'depot/' },
                      { Name: 'suffix', Value: '.csv' },
                    ],
                  },
                },
              },
            ],
          },
        },
      },
      Arrivals: { Type: 'AWS::SQS::Queue' },
      Receiver: functionResource('record'),
      Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: { 'Fn::GetAtt': ['Arrivals', 'Arn'] }, FunctionName: { Ref: 'Receiver' } } },
      Pool: { Type: 'AWS::Cognito::UserPool', Properties: { Policies: { PasswordPolicy: { MinimumLength: 10, RequireUppercase: false } } } },
      Client: {
        Type: 'AWS::Cognito::UserPoolClient',
        Properties: {
          UserPoolId: { Ref: 'Pool' },
          ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
          AccessTokenValidity: 600,
          TokenValidityUnits: { AccessToken: 'minutes' },
        },
      },
      Agents: { Type: 'AWS::Cognito::UserPoolGroup', Properties: { UserPoolId: { Ref: 'Pool' }, GroupName: 'agents' } },
    },
    functions: { record: RECORD },
  });
});
afterAll(() => stopAndRemove(running));

const settings = (cloud: LocalCloud, endpoint: string) => ({ endpoint, region: cloud.region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
const s3 = (cloud: LocalCloud) => new S3Client({ ...settings(cloud, cloud.s3), forcePathStyle: true });

describe('what is stored', () => {
  it('is told to the queue where the key fits, as S3 tells it', async () => {
    const client = s3(running.cloud);
    for (const Key of ['other/a.csv', 'depot/a.txt', 'depot/relevé du 3.csv']) await client.send(new PutObjectCommand({ Bucket: 'drops-000000000000', Key, Body: 'x' }));
    const [line] = await eventually(() => {
      const lines = running.events.flatMap((event) => (event.kind === 'log' ? [event.line] : []));
      return lines.length > 0 ? lines : undefined;
    });
    expect(JSON.parse(line ?? '')).toMatchObject({
      Records: [
        {
          eventSource: 'aws:s3',
          eventName: 'ObjectCreated:Put',
          awsRegion: 'eu-west-1',
          s3: { bucket: { name: 'drops-000000000000' }, object: { key: 'depot/relev%C3%A9+du+3.csv', size: 1, versionId: expect.any(String) } },
        },
      ],
    });
  });

  it('is there again after a restart, under the same names', async () => {
    const before = running.cloud;
    const TableName = before.physicalId('AWS::DynamoDB::GlobalTable', 'Table');
    const ClientId = before.physicalId('AWS::Cognito::UserPoolClient', 'Client');
    const item = { pk: { S: 'p' }, sk: { S: 's' }, other: { S: 'o' } };
    await new DynamoDBClient(settings(before, before.endpoints.dynamodb)).send(new PutItemCommand({ TableName, Item: item }));
    await s3(before).send(new PutObjectCommand({ Bucket: 'drops-000000000000', Key: 'kept', Body: 'still here' }));
    await new CognitoIdentityProviderClient(settings(before, before.endpoints.cognito)).send(new SignUpCommand({ ClientId, Username: 'awa', Password: 'motdepasse-1' }));
    await before.stop();
    running = await startAgain(running.folder);

    const after = running.cloud;
    expect(after.resources.map(({ logicalId }) => logicalId)).toEqual(before.resources.map(({ logicalId }) => logicalId));
    expect(after.physicalId('AWS::Cognito::UserPool', 'Pool')).toBe(before.physicalId('AWS::Cognito::UserPool', 'Pool'));
    const found = await new DynamoDBClient(settings(after, after.endpoints.dynamodb)).send(new GetItemCommand({ TableName, Key: { pk: item.pk, sk: item.sk } }));
    expect(found.Item).toEqual(item);
    const object = await s3(after).send(new GetObjectCommand({ Bucket: 'drops-000000000000', Key: 'kept' }));
    expect(await object.Body?.transformToString()).toBe('still here');
    const users = new CognitoIdentityProviderClient(settings(after, after.endpoints.cognito));
    await users.send(new AdminConfirmSignUpCommand({ UserPoolId: after.physicalId('AWS::Cognito::UserPool', 'Pool'), Username: 'awa' }));
    const signIn = new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'awa', PASSWORD: 'motdepasse-1' } });
    expect((await users.send(signIn)).AuthenticationResult).toMatchObject({ ExpiresIn: 36_000 });
  });
});

describe('a user pool', () => {
  it('has the password policy, the clients and the groups of the template', async () => {
    const { cloud } = running;
    const users = new CognitoIdentityProviderClient(settings(cloud, cloud.endpoints.cognito));
    const ClientId = cloud.physicalId('AWS::Cognito::UserPoolClient', 'Client');
    const UserPoolId = cloud.physicalId('AWS::Cognito::UserPool', 'Pool');
    await expect(users.send(new SignUpCommand({ ClientId, Username: 'kofi', Password: 'court-1' }))).rejects.toThrow(InvalidPasswordException);
    const { Groups = [] } = await users.send(new ListGroupsCommand({ UserPoolId }));
    expect(Groups.map(({ GroupName }) => GroupName)).toEqual(['agents']);
  });
});
