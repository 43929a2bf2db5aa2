import { CreateQueueCommand, GetQueueUrlCommand, QueueDoesNotExist, SetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { arn } from '../aws-identity.ts';
import type { LocalServices } from '../local-services.ts';
import { generatedName } from '../physical-name.ts';
import { type DeclaredResource, givenName, type ResourceType, readProperties, templateBoolean, templateNumber, withoutLocalMeaning } from '../template/declared-resource.ts';

const DEFAULT_VISIBILITY_SECONDS = 30;

const Queue = z.strictObject({
  QueueName: z.string().optional(),
  FifoQueue: templateBoolean.optional(),
  ContentBasedDeduplication: templateBoolean.optional(),
  VisibilityTimeout: templateNumber.optional(),
  MessageRetentionPeriod: templateNumber.optional(),
  DelaySeconds: templateNumber.optional(),
  ReceiveMessageWaitTimeSeconds: templateNumber.optional(),
  MaximumMessageSize: templateNumber.optional(),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: templateNumber }).optional(),
  // Who may redrive back and how messages are encrypted is not seen by senders and receivers.
  RedriveAllowPolicy: withoutLocalMeaning,
  SqsManagedSseEnabled: withoutLocalMeaning,
  KmsMasterKeyId: withoutLocalMeaning,
  KmsDataKeyReusePeriodSeconds: withoutLocalMeaning,
  Tags: withoutLocalMeaning,
});

export const sqsQueue: ResourceType<LocalServices> = {
  // `Ref` of a queue is its address.
  physicalId: (resource, services) => urlOf(queueName(resource), services),
  attributes: {
    Arn: (resource, { identity }) => arn(identity, 'sqs', queueName(resource)),
    QueueName: (resource) => queueName(resource),
    QueueUrl: (resource, services) => urlOf(queueName(resource), services),
  },
  async provision(resource, services) {
    const queue = readProperties(Queue, resource);
    const name = queueName(resource);
    await ensureQueue(services.sqs, name, attributesOf(queue), queue.FifoQueue === true);
    const queueArn = arn(services.identity, 'sqs', name);
    services.queues.set(queueArn, { url: resource.physicalId, arn: queueArn, visibilitySeconds: queue.VisibilityTimeout ?? DEFAULT_VISIBILITY_SECONDS });
  },
};

function queueName(resource: DeclaredResource): string {
  const fifo = resource.properties['FifoQueue'] === true;
  const ending = fifo ? '.fifo' : '';
  return givenName(resource, 'QueueName') ?? `${generatedName(resource.stackName, resource.logicalId, 80 - ending.length)}${ending}`;
}

function urlOf(name: string, { endpoints, identity }: LocalServices): string {
  return `${endpoints.sqs}/${identity.account}/${name}`;
}

function attributesOf(queue: z.infer<typeof Queue>): Record<string, string> {
  const numbers = {
    VisibilityTimeout: queue.VisibilityTimeout ?? DEFAULT_VISIBILITY_SECONDS,
    MessageRetentionPeriod: queue.MessageRetentionPeriod,
    DelaySeconds: queue.DelaySeconds,
    ReceiveMessageWaitTimeSeconds: queue.ReceiveMessageWaitTimeSeconds,
    MaximumMessageSize: queue.MaximumMessageSize,
    RedrivePolicy: queue.RedrivePolicy === undefined ? undefined : JSON.stringify(queue.RedrivePolicy),
    ContentBasedDeduplication: queue.ContentBasedDeduplication,
  };
  return Object.fromEntries(Object.entries(numbers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}

/** A queue of an earlier start keeps its messages and takes the template's settings. */
async function ensureQueue(sqs: SQSClient, QueueName: string, attributes: Record<string, string>, fifo: boolean): Promise<void> {
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: attributes }));
  } catch (error) {
    if (!(error instanceof QueueDoesNotExist)) throw error;
    await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { ...attributes, ...(fifo ? { FifoQueue: 'true' } : {}) } }));
  }
}
