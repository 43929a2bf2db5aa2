import * as z from 'zod';
import { reference, written } from './synthesized.ts';

const oneOrMany = <Item extends z.ZodType>(item: Item) => z.union([item.transform((value) => [value]), z.array(item)]);

const resources = z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]).transform((many) => many.map(written));

const statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMany(z.string()),
  Resource: resources.optional(),
  NotResource: resources.optional(),
  Principal: z.unknown().optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

export type Statement = z.infer<typeof statement>;

const policyDocument = z.object({ Statement: z.array(statement) });

export const rolePolicy = z.object({ PolicyDocument: policyDocument, Roles: z.array(reference) });
export const role = z.object({
  ManagedPolicyArns: z.array(z.unknown().transform(written)).default([]),
  AssumeRolePolicyDocument: policyDocument,
  Policies: z.undefined().optional(),
});
export const queuePolicy = z.object({ PolicyDocument: policyDocument, Queues: z.array(reference) });
export const bucketPolicy = z.object({ PolicyDocument: policyDocument, Bucket: reference });

export const lambdaFunction = z.object({
  FunctionName: z.string(),
  Runtime: z.string(),
  Architectures: z.array(z.string()),
  Role: reference,
  Timeout: z.number(),
  MemorySize: z.number(),
  EphemeralStorage: z.object({ Size: z.number() }),
  LoggingConfig: z.object({ LogFormat: z.string(), LogGroup: reference }),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }).default({ Variables: {} }),
});

export const queue = z.object({
  VisibilityTimeout: z.number().optional(),
  MessageRetentionPeriod: z.number(),
  SqsManagedSseEnabled: z.boolean(),
  RedrivePolicy: z.object({ deadLetterTargetArn: reference, maxReceiveCount: z.number() }).optional(),
});

export const eventSource = z.object({
  EventSourceArn: reference,
  FunctionName: reference,
  BatchSize: z.number(),
  FunctionResponseTypes: z.array(z.string()).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }).optional(),
});
