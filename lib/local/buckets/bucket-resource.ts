import * as z from 'zod';
import type { LocalServices } from '../local-services.ts';
import { generatedName } from '../physical-name.ts';
import { givenName, type ResourceType, readProperties, withoutLocalMeaning } from '../template/declared-resource.ts';
import type { QueueNotification } from './bucket-service.ts';

const Rule = z.object({
  Name: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['prefix', 'suffix'])),
  Value: z.string(),
});

const QueueConfiguration = z.strictObject({
  Id: z.string().optional(),
  Event: z.string().regex(/^s3:ObjectCreated:/, 'only s3:ObjectCreated is supported'),
  Queue: z.string(),
  Filter: z.strictObject({ S3Key: z.strictObject({ Rules: z.array(Rule) }) }).optional(),
});

const Bucket = z.strictObject({
  BucketName: z.string().optional(),
  VersioningConfiguration: z.object({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  NotificationConfiguration: z.strictObject({ QueueConfigurations: z.array(QueueConfiguration).default([]) }).optional(),
  // Nothing leaves loopback and nothing expires while one works on it.
  AccelerateConfiguration: withoutLocalMeaning,
  BucketEncryption: withoutLocalMeaning,
  LifecycleConfiguration: withoutLocalMeaning,
  LoggingConfiguration: withoutLocalMeaning,
  MetricsConfigurations: withoutLocalMeaning,
  OwnershipControls: withoutLocalMeaning,
  PublicAccessBlockConfiguration: withoutLocalMeaning,
  Tags: withoutLocalMeaning,
});

export const s3Bucket: ResourceType<LocalServices> = {
  physicalId: (resource) => givenName(resource, 'BucketName') ?? generatedName(resource.stackName, resource.logicalId, 63).toLowerCase(),
  attributes: {
    Arn: ({ physicalId }, { identity }) => `arn:${identity.partition}:s3:::${physicalId}`,
    DomainName: ({ physicalId }, { identity }) => `${physicalId}.s3.${identity.urlSuffix}`,
    RegionalDomainName: ({ physicalId }, { identity }) => `${physicalId}.s3.${identity.region}.${identity.urlSuffix}`,
  },
  async provision(resource, { buckets, queues }) {
    const { VersioningConfiguration, NotificationConfiguration } = readProperties(Bucket, resource);
    const notifications = (NotificationConfiguration?.QueueConfigurations ?? []).map((configuration, index): QueueNotification => {
      const queue = queues.get(configuration.Queue);
      if (queue === undefined) throw new Error(`${resource.logicalId}: there is no queue ${configuration.Queue}`);
      const rules = configuration.Filter?.S3Key.Rules ?? [];
      const ruleValue = (name: string) => rules.find(({ Name }) => Name === name)?.Value ?? '';
      return {
        id: configuration.Id ?? `${resource.logicalId}-${index}`,
        event: configuration.Event,
        queueUrl: queue.url,
        queueArn: queue.arn,
        prefix: ruleValue('prefix'),
        suffix: ruleValue('suffix'),
      };
    });
    await buckets.createBucket(resource.physicalId, { versioned: VersioningConfiguration?.Status === 'Enabled' });
    if (notifications.length > 0) await buckets.notify(resource.physicalId, notifications);
  },
};
