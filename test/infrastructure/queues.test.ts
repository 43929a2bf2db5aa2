import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { eventSource, lambdaFunction, queue, queuePolicy } from './schemas.ts';
import { reference, resourcesOf, STAGES, templateOf, written } from './synthesized.ts';

const notifyingBucket = z.object({
  BucketName: z.unknown().transform(written).optional(),
  NotificationConfiguration: z
    .object({
      QueueConfigurations: z.array(
        z.object({ Event: z.string(), Queue: reference, Filter: z.object({ S3Key: z.object({ Rules: z.array(z.object({ Name: z.string(), Value: z.string() })) }) }) }),
      ),
    })
    .optional(),
});

describe.each(STAGES)('queues in %s', (stage) => {
  const template = templateOf(stage);
  const queues = resourcesOf(template, 'AWS::SQS::Queue', queue);
  const work = queues.filter(({ properties }) => properties.RedrivePolicy !== undefined);
  const graves = queues.filter(({ properties }) => properties.RedrivePolicy === undefined);
  const policies = resourcesOf(template, 'AWS::SQS::QueuePolicy', queuePolicy);
  const sources = resourcesOf(template, 'AWS::Lambda::EventSourceMapping', eventSource);
  const functions = resourcesOf(template, 'AWS::Lambda::Function', lambdaFunction);

  it('are each with dead letters of its own that outlast it', () => {
    expect(work.length).toBeGreaterThan(5);
    expect(work.map(({ properties }) => properties.RedrivePolicy?.deadLetterTargetArn).sort()).toEqual(graves.map(({ id }) => id).sort());
    for (const { properties } of graves) expect(properties.MessageRetentionPeriod).toBe(14 * 86_400);
    for (const { properties } of work) expect(properties.MessageRetentionPeriod).toBeLessThan(14 * 86_400);
  });

  it('are encrypted and refuse whoever comes without TLS', () => {
    for (const { id, properties } of queues) {
      expect(properties.SqsManagedSseEnabled).toBe(true);
      const refusals = policies
        .filter(({ properties: { Queues } }) => Queues.includes(id))
        .flatMap(({ properties: { PolicyDocument } }) => PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Deny'));
      expect(refusals, id).toEqual([
        { Effect: 'Deny', Action: ['sqs:*'], Resource: [`<${id}>`], Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ]);
    }
  });

  it('have one policy each: a second one would replace the first', () => {
    expect(policies.map(({ properties: { Queues } }) => Queues.join()).sort()).toEqual(queues.map(({ id }) => id).sort());
  });

  it('are each worked on by one function that reports the messages that failed', () => {
    expect(sources.map(({ properties }) => properties.EventSourceArn).sort()).toEqual(work.map(({ id }) => id).sort());
    for (const { properties } of sources) expect(properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  it('hide a message for as long as its function may work on it', () => {
    for (const { properties } of sources) {
      const hidden = work.find(({ id }) => id === properties.EventSourceArn)?.properties.VisibilityTimeout;
      expect(hidden).toBe(functions.find(({ id }) => id === properties.FunctionName)?.properties.Timeout);
    }
  });

  it('give one file at a time to a run, so that none that crashes it takes others to the dead letters', () => {
    const of = (name: string) => sources.find(({ properties }) => functions.find(({ id }) => id === properties.FunctionName)?.properties.FunctionName.endsWith(name))?.properties;
    expect(of('match-statement')).toMatchObject({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 10 } });
    expect(of('import-ledger-file')).toMatchObject({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 5 } });
    expect(of('receive-drop')).toMatchObject({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 10 } });
    expect(of('retry-open-items')).toMatchObject({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 5 } });
    expect(of('apply-validation')).toMatchObject({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 5 } });
  });

  it('are told of everything that arrives under depot/, by the one bucket that may', () => {
    const [bucket] = resourcesOf(template, 'AWS::S3::Bucket', notifyingBucket).filter(({ properties }) => properties.NotificationConfiguration !== undefined);
    const [notification, ...others] = bucket?.properties.NotificationConfiguration?.QueueConfigurations ?? [];
    expect(others).toEqual([]);
    expect(notification).toMatchObject({ Event: 's3:ObjectCreated:*', Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'depot/' }] } } });

    const policy = policies.find(({ properties: { Queues } }) => Queues.includes(notification?.Queue ?? ''));
    const [entrance] = policy?.properties.PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow') ?? [];
    expect(entrance).toMatchObject({
      Action: ['sqs:SendMessage'],
      Principal: { Service: 's3.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
    expect(written(entrance?.Condition['ArnEquals']?.['aws:SourceArn'])).toBe(`arn:<AWS::Partition>:s3:::${bucket?.properties.BucketName}`);
    // S3 tries the queue when the notification is set: the policy must be there first.
    expect(bucket?.DependsOn).toContain(policy?.id);
  });
});
