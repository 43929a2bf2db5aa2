import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdminCreateUserCommand, AdminSetUserPasswordCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PROJECT, reconciliationApp } from '../../lib/infrastructure/app.ts';
import { bundleFunctions } from '../../lib/infrastructure/function-bundles.ts';
import { ENTRIES } from '../../lib/infrastructure/functions.ts';
import { clientSettings } from '../../lib/local/launch/client-settings.ts';
import { type LocalUser, makeLocalUsers } from '../../lib/local/launch/local-users.ts';
import { type LocalCloud, startLocalCloud } from '../../lib/local/local-cloud.ts';
import { type CallRecorder, callRecorder } from './call-recorder.ts';

/** The stage whose openness is that of every deployed one: nothing personal or financial without a token. */
export const CLOSED_STAGE = 'staging';

/** Every channel of notices, whatever the stage has: each needs permissions. */
export const CHANNELS = { mailFrom: 'rapprochement@example.com', sms: true, localWebhooks: false } as const;

export interface ClosedCloud {
  readonly cloud: LocalCloud;
  readonly recorder: CallRecorder;
  readonly users: readonly LocalUser[];
  readonly cognito: CognitoIdentityProviderClient;
  readonly dynamodb: DynamoDBClient;
  stop(): Promise<void>;
}

/** A local cloud made from the template of a closed stage, with a recorder between its functions and the services. */
export async function startClosedCloud(): Promise<ClosedCloud> {
  const folder = await mkdtemp(join(tmpdir(), 'ferme-'));
  const assembly = join(folder, 'assembly');
  bundleFunctions({ root: PROJECT.root, entries: ENTRIES, outputDirectory: PROJECT.bundles });
  process.env['CDK_VALIDATION'] = 'false';
  reconciliationApp({ stageName: CLOSED_STAGE, notices: CHANNELS, functionsDirectory: PROJECT.bundles, outdir: assembly }).app.synth();
  const recorder = callRecorder();
  const cloud = await startLocalCloud({ assembly, dataDir: join(folder, 'state'), endpointsOf: recorder.endpointsOf });
  const cognito = new CognitoIdentityProviderClient(clientSettings(cloud, 'cognito'));
  const users = await makeLocalUsers(cognito, cloud.outputs['UserPoolId'] ?? '');
  return {
    cloud,
    recorder,
    users,
    cognito,
    dynamodb: new DynamoDBClient(clientSettings(cloud, 'dynamodb')),
    async stop() {
      await cloud.stop();
      await recorder.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Makes somebody in the pool whom the app has never met, and who is in no group. */
export async function makeStranger({ cognito, cloud }: ClosedCloud, username: string, password: string): Promise<void> {
  const UserPoolId = cloud.outputs['UserPoolId'];
  await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username: username, MessageAction: 'SUPPRESS' }));
  await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username: username, Password: password, Permanent: true }));
}

export async function sendMessage({ cloud }: ClosedCloud, queueOutput: string, message: object): Promise<void> {
  const sqs = new SQSClient(clientSettings(cloud, 'sqs'));
  await sqs.send(new SendMessageCommand({ QueueUrl: `${cloud.endpoints.sqs}/000000000000/${cloud.outputs[queueOutput]}`, MessageBody: JSON.stringify(message) }));
}

export async function putObject({ cloud }: ClosedCloud, key: string, body: Uint8Array | string): Promise<void> {
  await new S3Client(clientSettings(cloud, 's3')).send(new PutObjectCommand({ Bucket: cloud.outputs['BucketName'], Key: key, Body: body }));
}

/** The object's text; `undefined` where there is none. */
export async function objectText({ cloud }: ClosedCloud, key: string): Promise<string | undefined> {
  try {
    const { Body } = await new S3Client(clientSettings(cloud, 's3')).send(new GetObjectCommand({ Bucket: cloud.outputs['BucketName'], Key: key }));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
