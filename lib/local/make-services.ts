import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { localIdentity } from './aws-identity.ts';
import type { BucketService } from './buckets/bucket-service.ts';
import { externalBuckets } from './buckets/external-buckets.ts';
import { startLocalBuckets } from './buckets/local-buckets.ts';
import { startUserPoolServer } from './cognito/user-pool-server.ts';
import { startEmulatorThread } from './emulator-thread.ts';
import { noRestApi } from './gateway/rest-api-parts.ts';
import type { EndpointsOf } from './lambda/function-environment.ts';
import { warmWorkers } from './lambda/warm-workers.ts';
import type { LocalLog } from './local-event.ts';
import type { LocalServices } from './local-services.ts';
import { outboxFolder } from './outbox/outbox-files.ts';
import { startOutboxServer } from './outbox/outbox-server.ts';
import { clientCredentials, clientEnvironment, type Endpoints, givenEndpoint } from './service-endpoints.ts';
import type { Stopper } from './stopper.ts';
import type { Stack } from './template/assembly.ts';

export interface ServiceOptions {
  readonly dataDir: string;
  readonly region: string;
  readonly s3Port: number;
  readonly stacks: readonly Stack[];
  readonly endpointsOf: EndpointsOf;
  readonly queuesOfS3: (sqs: string) => Promise<string>;
  readonly log: LocalLog;
  readonly stop: Stopper;
}

// Copies of functions that stay warm, of all functions together.
const WARM_COPIES = 16;

/** Starts the services that the caller's environment does not name, and what resources are made with. */
export async function makeServices({ dataDir, region, s3Port, stacks, endpointsOf, queuesOfS3, log, stop }: ServiceOptions): Promise<LocalServices> {
  if (givenEndpoint('cognito') !== undefined) throw new Error('user pools of another endpoint are not supported: unset AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER');
  const thread = async (file: URL, settings: { readonly dataDir: string; readonly region: string }): Promise<string> => {
    await mkdir(settings.dataDir, { recursive: true });
    const { url, stop: end } = await startEmulatorThread(file, settings);
    stop.later(end);
    return url;
  };
  const users = async (folder: string) => {
    const server = await startUserPoolServer({ dataDir: folder, region });
    stop.later(() => server.stop());
    return server;
  };
  const [dynamodbUrl, sqsUrl, userPools] = await Promise.all([
    givenEndpoint('dynamodb') ?? thread(new URL('./dynamodb/dynalite-thread.ts', import.meta.url), { dataDir: join(dataDir, 'dynamodb'), region }),
    givenEndpoint('sqs') ?? thread(new URL('./sqs/fauxqs-thread.ts', import.meta.url), { dataDir: join(dataDir, 'sqs'), region }),
    users(join(dataDir, 'cognito')),
  ]);

  const client = (endpoint: string) => ({ endpoint, region, credentials: clientCredentials() });
  const dynamodb = new DynamoDBClient(client(dynamodbUrl));
  const sqs = new SQSClient(client(sqsUrl));
  const s3Url = givenEndpoint('s3');
  const buckets: BucketService =
    s3Url === undefined
      ? await startLocalBuckets({ dataDir: join(dataDir, 's3'), port: s3Port, region, sqs: new SQSClient(client(await queuesOfS3(sqsUrl))), log })
      : externalBuckets(new S3Client({ ...client(s3Url), forcePathStyle: true }), s3Url);
  stop.later(() => buckets.stop());

  const outbox = await startOutboxServer(outboxFolder(dataDir));
  stop.later(() => outbox.stop());
  const endpoints: Endpoints = {
    dynamodb: dynamodbUrl,
    sqs: sqsUrl,
    s3: buckets.url,
    cognito: userPools.url,
    mail: givenEndpoint('mail') ?? outbox.mail,
    sms: givenEndpoint('sms') ?? outbox.sms,
  };
  const services: LocalServices = {
    identity: localIdentity(region),
    log,
    dynamodb,
    sqs,
    endpoints,
    endpointsOf,
    buckets,
    userPools,
    clientSecrets: new Map(),
    assetPath: (stackName, objectKey) => assetPath(stacks, stackName, objectKey),
    environment: clientEnvironment(endpoints, region),
    warmWorkers: warmWorkers(WARM_COPIES),
    functions: new Map(),
    queues: new Map(),
    restApi: noRestApi(),
    activities: [],
  };
  stop.later(async () => {
    await Promise.all([...services.functions.values()].map((one) => one.stop()));
    await services.warmWorkers.stop();
    dynamodb.destroy();
    sqs.destroy();
  });
  return services;
}

function assetPath(stacks: readonly Stack[], stackName: string, objectKey: string): string {
  const path = stacks.find(({ name }) => name === stackName)?.assets.get(objectKey);
  if (path === undefined) throw new Error(`${stackName} has no asset ${objectKey}`);
  return path;
}
