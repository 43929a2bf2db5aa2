import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { LocalLog } from '../local-event.ts';
import { type ObjectCreated, objectCreatedMessage } from '../s3/object-created-event.ts';
import { startS3Server } from '../s3/s3-server.ts';
import { type BucketService, concerns, type QueueNotification } from './bucket-service.ts';

export interface LocalBucketsOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly region: string;
  readonly sqs: SQSClient;
  readonly log: LocalLog;
}

/** Buckets in a folder of this machine. Arrivals are told to queues as S3 tells them. */
export async function startLocalBuckets({ dataDir, port, region, sqs, log }: LocalBucketsOptions): Promise<BucketService> {
  const notifications = new Map<string, readonly QueueNotification[]>();

  const tell = async (arrival: ObjectCreated): Promise<void> => {
    const concerned = (notifications.get(arrival.bucket) ?? []).filter((notification) => concerns(notification, arrival.eventName, arrival.key));
    for (const { id, queueUrl, queueArn } of concerned) {
      const MessageBody = JSON.stringify(objectCreatedMessage(arrival, { region, configurationId: id }));
      await sqs
        .send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }))
        .catch((error: unknown) => log({ kind: 'fault', source: queueArn, message: `${arrival.bucket}/${arrival.key} was not announced: ${String(error)}` }));
    }
  };

  const server = await startS3Server({ dataDir, port, region, onObjectCreated: tell });
  return {
    url: server.url,
    createBucket: async (name, settings) => {
      await server.createBucket(name, settings);
    },
    async notify(bucket, wanted) {
      notifications.set(bucket, wanted);
    },
    stop: () => server.stop(),
  };
}
