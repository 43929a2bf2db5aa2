import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import { clientSettings } from '../../lib/local/launch/client-settings.ts';
import { type LocalUser, makeLocalUsers } from '../../lib/local/launch/local-users.ts';
import { synthesize } from '../../lib/local/launch/synthesis.ts';
import { type LocalCloud, startLocalCloud } from '../../lib/local/local-cloud.ts';
import type { LocalEvent } from '../../lib/local/local-event.ts';
import { type FaultProxy, faultProxy } from './fault-proxy.ts';
import { S3 } from './faults.ts';
import { quickenTemplates } from './quick-template.ts';

/** A local cloud between whose functions and services faults can be put. */
export interface FaultCloud {
  readonly cloud: LocalCloud;
  readonly proxy: FaultProxy;
  readonly users: readonly LocalUser[];
  /** Clients of the services themselves: no fault meets them. */
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly cognito: CognitoIdentityProviderClient;
  readonly userPoolId: string;
  readonly bucket: string;
  readonly registryTable: string;
  readonly ledgerTable: string;
  /** What functions wrote, line by line. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** Short enough to wait for. A machine that has much else to do needs more: what takes longer is killed, and that is a fault that nobody ordered. */
const WORKER_SECONDS = Number(process.env['FAULTS_WORKER_SECONDS'] ?? '8');
const FIRST_NUMBERS = { detail: 1_000_000, utilisateur: 700_000, role: 800_000 } as const;

export async function startFaultCloud(): Promise<FaultCloud> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'));
  const assembly = join(folder, 'assembly');
  await synthesize(assembly);
  await quickenTemplates(assembly, WORKER_SECONDS);
  let running: LocalCloud | undefined;
  const proxy = faultProxy(async (functionName) => running?.functionNamed(`reconciliation-local-${functionName}`).kill());
  const lines: string[] = [];
  const cloud = await startLocalCloud({
    assembly,
    dataDir: join(folder, 'state'),
    endpointsOf: (functionName, endpoints) => proxy.endpointsOf(functionName, endpoints),
    queuesOfS3: (sqs) => proxy.front(S3, 'sqs', sqs),
    log: (event: LocalEvent) => {
      if (event.kind === 'log') lines.push(event.line);
    },
  });
  running = cloud;
  // Our own adapters, with which the ledger is read afterwards, find the services as functions do: by their environment.
  Object.assign(process.env, cloud.environment);
  const cognito = new CognitoIdentityProviderClient(clientSettings(cloud, 'cognito'));
  const userPoolId = output(cloud, 'UserPoolId');
  const users = await makeLocalUsers(cognito, userPoolId);
  const dynamodb = new DynamoDBClient(clientSettings(cloud, 'dynamodb'));
  const registryTable = output(cloud, 'RegistryTableName');
  // Far from each other and from the numbers of taches and built-in roles, so that one is never taken for the other.
  for (const [sk, value] of Object.entries(FIRST_NUMBERS)) await dynamodb.send(new PutItemCommand({ TableName: registryTable, Item: marshall({ pk: 'compteur', sk, value }) }));
  return {
    cloud,
    proxy,
    users,
    lines,
    dynamodb,
    cognito,
    userPoolId,
    s3: new S3Client(clientSettings(cloud, 's3')),
    sqs: new SQSClient(clientSettings(cloud, 'sqs')),
    bucket: output(cloud, 'BucketName'),
    registryTable,
    ledgerTable: output(cloud, 'LedgerTableName'),
    async stop() {
      await cloud.stop();
      await proxy.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function output({ outputs }: LocalCloud, name: string): string {
  const value = outputs[name];
  if (value === undefined) throw new Error(`the template has no output ${name}`);
  return value;
}
