import { BucketAlreadyOwnedByYou, CreateBucketCommand, type Event, PutBucketNotificationConfigurationCommand, PutBucketVersioningCommand, type S3Client } from '@aws-sdk/client-s3';
import type { BucketService, QueueNotification } from './bucket-service.ts';

/** Buckets of an S3 that the caller runs: whatever stands behind it must be able to reach the queues. */
export function externalBuckets(s3: S3Client, url: string): BucketService {
  return {
    url,
    async createBucket(name, { versioned }) {
      try {
        await s3.send(new CreateBucketCommand({ Bucket: name }));
      } catch (error) {
        if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
      }
      if (versioned) await s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: 'Enabled' } }));
    },
    async notify(bucket, notifications) {
      await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket: bucket, NotificationConfiguration: { QueueConfigurations: notifications.map(queueConfiguration) } }));
    },
    async stop() {
      s3.destroy();
    },
  };
}

function queueConfiguration({ id, event, queueArn, prefix, suffix }: QueueNotification) {
  const rules = [
    { Name: 'prefix' as const, Value: prefix },
    { Name: 'suffix' as const, Value: suffix },
  ];
  return { Id: id, QueueArn: queueArn, Events: [eventOf(event)], Filter: { Key: { FilterRules: rules.filter(({ Value }) => Value !== '') } } };
}

function eventOf(event: string): Event {
  const events: readonly Event[] = ['s3:ObjectCreated:*', 's3:ObjectCreated:Put', 's3:ObjectCreated:Post', 's3:ObjectCreated:Copy', 's3:ObjectCreated:CompleteMultipartUpload'];
  const known = events.find((one) => one === event);
  if (known === undefined) throw new Error(`the event ${event} is not known`);
  return known;
}
