import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, expect, it, vi } from 'vitest';
import { type EmulatorThread, startEmulatorThread } from '../../lib/local/emulator-thread.ts';
import { apiResources, eventually, functionResource, startSmallCloud, stopAndRemove } from './small-assembly.ts';

const elsewhere: EmulatorThread[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const one of elsewhere.splice(0)) await one.stop();
});

it('uses the services that the caller names instead of starting its own, with the caller’s credentials', async () => {
  const dataDir = join(tmpdir(), `elsewhere-${process.pid}`);
  const tables = await startEmulatorThread(new URL('../../lib/local/dynamodb/dynalite-thread.ts', import.meta.url), { dataDir });
  elsewhere.push(tables);
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `${tables.url}/`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'mine');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'my-secret');

  const running = await startSmallCloud({
    resources: {
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: { AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] },
      },
      ...apiResources({ 'GET /env': { target: 'Env' } }),
      Env: functionResource('env'),
    },
    functions: { env: 'export const handler = async () => ({ statusCode: 200, body: JSON.stringify(process.env) });' },
  });
  const { cloud, folder } = running;
  expect(await readdir(join(folder, 'data'))).not.toContain('dynamodb');
  const seen = await (await fetch(`${cloud.api}/env`)).json();
  expect(seen).toMatchObject({ AWS_ENDPOINT_URL_DYNAMODB: tables.url, AWS_ACCESS_KEY_ID: 'mine', AWS_SECRET_ACCESS_KEY: 'my-secret' });
  const client = new DynamoDBClient({ endpoint: tables.url, region: 'eu-west-1', credentials: { accessKeyId: 'mine', secretAccessKey: 'my-secret' } });
  expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([cloud.physicalId('AWS::DynamoDB::Table', 'Table')]);
  await stopAndRemove(running);
  await rm(dataDir, { recursive: true });
});

it('delivers messages of a queue service, and makes buckets in a store, that the caller runs', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'elsewhere-'));
  const queues = await startEmulatorThread(new URL('../../lib/local/sqs/fauxqs-thread.ts', import.meta.url), { dataDir, region: 'eu-west-1' });
  elsewhere.push(queues);
  vi.stubEnv('AWS_ENDPOINT_URL_SQS', queues.url);
  vi.stubEnv('AWS_ENDPOINT_URL_S3', queues.url);
  const running = await startSmallCloud({
    resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'theirs' } },
      Worker: functionResource('worker'),
      Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] }, FunctionName: { Ref: 'Worker' } } },
    },
    functions: { worker: 'export const handler = async ({ Records: [{ body }] }) => console.log(body);' },
  });
  const settings = { endpoint: queues.url, region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  await new SQSClient(settings).send(new SendMessageCommand({ QueueUrl: running.cloud.physicalId('AWS::SQS::Queue', 'Queue'), MessageBody: 'delivered' }));
  expect(await eventually(() => running.events.flatMap((event) => (event.kind === 'log' ? [event.line] : []))[0])).toBe('delivered');
  const { Buckets = [] } = await new S3Client({ ...settings, forcePathStyle: true }).send(new ListBucketsCommand({}));
  expect(Buckets.map(({ Name }) => Name)).toEqual(['theirs']);
  await stopAndRemove(running);
  // The same names again: what is there is kept.
  await stopAndRemove(await startSmallCloud({ resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'theirs' } } } }));
  await rm(dataDir, { recursive: true });
});

it('refuses user pools of another endpoint, whose ids a template cannot know', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER', 'http://127.0.0.1:9');
  await expect(startSmallCloud({ resources: {} })).rejects.toThrow('user pools of another endpoint are not supported');
});

it('shows a function nothing of the caller’s environment and no credentials of the caller where everything is local', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'mine');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'my-secret');
  vi.stubEnv('SOMETHING_PRIVATE', 'yes');
  const running = await startSmallCloud({
    resources: { ...apiResources({ 'GET /env': { target: 'Env' } }), Env: functionResource('env', { Environment: { Variables: { OWN: { Ref: 'AWS::Region' } } } }) },
    functions: { env: 'export const handler = async () => ({ statusCode: 200, body: JSON.stringify(process.env) });' },
  });
  const seen = await (await fetch(`${running.cloud.api}/env`)).json();
  expect(seen).toMatchObject({ OWN: 'eu-west-1', TZ: 'UTC', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128', AWS_ACCESS_KEY_ID: 'local' });
  expect(JSON.stringify(seen)).not.toMatch(/mine|my-secret|SOMETHING_PRIVATE/);
  await stopAndRemove(running);
});

it('listens on loopback only', async () => {
  const running = await startSmallCloud({ resources: {} });
  const { api, endpoints } = running.cloud;
  for (const url of [api, ...Object.values(endpoints)]) expect(new URL(url).hostname).toBe('127.0.0.1');
  const open = await listeningElsewhere([api, ...Object.values(endpoints)].map((url) => Number(new URL(url).port)));
  expect(open).toEqual([]);
  await stopAndRemove(running);
});

/** Ports that another address of this machine than 127.0.0.1 answers on. */
async function listeningElsewhere(ports: readonly number[]): Promise<readonly number[]> {
  const reached = await Promise.all(
    ports.map(
      (port) =>
        new Promise<number | undefined>((resolve) => {
          // All of 127.0.0.0/8 is this machine: a service on 0.0.0.0 answers here, one on 127.0.0.1 does not.
          const socket = connect(port, '127.0.0.2');
          socket.once('connect', () => resolve(port)).once('error', () => resolve(undefined));
          socket.once('connect', () => socket.destroy());
        }),
    ),
  );
  return reached.filter((port) => port !== undefined);
}
