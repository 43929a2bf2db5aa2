import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type EmulatorThread, startEmulatorThread } from '../../lib/local/emulator-thread.ts';
import { startLocalCloud } from '../../lib/local/local-cloud.ts';
import { apiResources, functionResource, type Resources, startAgain, startSmallCloud, stopAndRemove, writeAssembly } from './small-assembly.ts';

// One table and one queue service for all: starting them is what takes time, and nothing gets as far as to use them.
const services: EmulatorThread[] = [];
const folders: string[] = [];
beforeAll(async () => {
  const start = async (file: string): Promise<string> => {
    const dataDir = await mkdtemp(join(tmpdir(), 'refusals-'));
    folders.push(dataDir);
    const service = await startEmulatorThread(new URL(`../../lib/local/${file}`, import.meta.url), { dataDir, region: 'eu-west-1' });
    services.push(service);
    return service.url;
  };
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', await start('dynamodb/dynalite-thread.ts'));
  vi.stubEnv('AWS_ENDPOINT_URL_SQS', await start('sqs/fauxqs-thread.ts'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  for (const service of services) await service.stop();
  for (const folder of folders) await rm(folder, { recursive: true });
});

const ok = { ok: 'export const handler = async () => ({ statusCode: 200 });' };
const table = { AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] };
const queue = { Type: 'AWS::SQS::Queue', Properties: {} };
const mapping = (properties: object) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] }, FunctionName: { Ref: 'Function' }, ...properties },
});

it.each<[string, Resources, string]>([
  ['a type that it does not know', { Cluster: { Type: 'AWS::RDS::DBCluster' } }, 'AWS::RDS::DBCluster (Cluster) is not supported'],
  ['a secret', { Key: { Type: 'AWS::SecretsManager::Secret' } }, 'AWS::SecretsManager::Secret (Key) is not supported'],
  ['a stream of a table', { Table: { Type: 'AWS::DynamoDB::Table', Properties: { ...table, StreamSpecification: { StreamViewType: 'KEYS_ONLY' } } } }, 'StreamSpecification'],
  ['a function with layers', { Function: functionResource('ok', { Layers: ['arn:layer'] }) }, 'Layers'],
  ['a function in a network', { Function: functionResource('ok', { VpcConfig: {} }) }, 'VpcConfig'],
  ['a handler that the bundle does not have', { Function: functionResource('ok', { Handler: 'main.handler' }) }, 'no module for the handler main.handler'],
  ['a filter on messages', { Queue: queue, Function: functionResource('ok'), Mapping: mapping({ FilterCriteria: { Filters: [] } }) }, 'FilterCriteria'],
  ['a queue whose messages come back while the function works', { Queue: queue, Function: functionResource('ok', { Timeout: 31 }), Mapping: mapping({}) }, 'visibility timeout'],
  ['a large batch without a window', { Queue: queue, Function: functionResource('ok'), Mapping: mapping({ BatchSize: 11 }) }, 'MaximumBatchingWindowInSeconds'],
  [
    'a call of something else than a function',
    { Function: functionResource('ok'), ...apiResources({ 'GET /x': { target: 'Function', Integration: { Type: 'HTTP_PROXY' } } }) },
    'AWS::ApiGateway::Method GETRootx',
  ],
  ['signed calls', { Function: functionResource('ok'), ...apiResources({ 'GET /x': { target: 'Function', AuthorizationType: 'AWS_IAM' } }) }, 'AuthorizationType'],
  ['an API that nobody can reach', { Api: { Type: 'AWS::ApiGateway::RestApi' } }, 'no stage'],
  ['resources in a circle', { A: { ...queue, DependsOn: 'B' }, B: { ...queue, DependsOn: ['A'] } }, 'in a circle: A > B > A'],
  ['a schedule by the calendar', { Rule: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'cron(0 4 * * ? *)' } } }, 'cron(0 4 * * ? *) is not supported'],
])('refuses %s instead of doing without it', async (_, resources, message) => {
  const folder = await writeAssembly({ resources, functions: ok });
  const start = startLocalCloud({ assembly: join(folder, 'assembly'), dataDir: join(folder, 'data') });
  await expect(start).rejects.toThrow(message);
  await rm(folder, { recursive: true, force: true });
});

it('refuses a data folder on which another one runs, and takes it once that has stopped', async () => {
  const first = await startSmallCloud({ resources: {} });
  await expect(startAgain(first.folder)).rejects.toThrow('is in use by another local cloud');
  await first.cloud.stop();
  await stopAndRemove(await startAgain(first.folder));
});

it('refuses to start over a table with other keys', async () => {
  const first = await startSmallCloud({ resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: { ...table, TableName: 'same' } } } });
  await first.cloud.stop();
  const other = { AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], TableName: 'same' };
  await writeFile(join(first.folder, 'assembly', 'small.template.json'), JSON.stringify({ Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: other } } }));
  await expect(startAgain(first.folder)).rejects.toThrow('the table same (Table) exists with other keys or indexes');
  await rm(first.folder, { recursive: true });
});
