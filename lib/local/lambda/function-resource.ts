import { availableParallelism, tmpdir } from 'node:os';
import * as z from 'zod';
import { arn } from '../aws-identity.ts';
import type { LocalServices } from '../local-services.ts';
import { generatedName } from '../physical-name.ts';
import { givenName, type ResourceType, readProperties, templateNumber, withoutLocalMeaning } from '../template/declared-resource.ts';
import { withEndpoints } from './function-environment.ts';
import { createLocalFunction } from './local-function.ts';

// Each copy is a process of about 60 MB, and the emulators take processors too.
const MOST_COPIES = Math.min(10, Math.max(4, 2 * availableParallelism()));

const LambdaFunction = z.strictObject({
  FunctionName: z.string().optional(),
  Code: z.object({ S3Key: z.string('only code from an asset is supported') }),
  Handler: z.string().regex(/^[^.].*\.[^.]+$/),
  Runtime: z.string().regex(/^nodejs\d+\.x$/, 'only Node.js is supported'),
  Timeout: templateNumber.default(3),
  MemorySize: templateNumber.default(128),
  ReservedConcurrentExecutions: templateNumber.pipe(z.int().min(1)).optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).default({ Variables: {} }),
  PackageType: z.literal('Zip').optional(),
  // The machine has its own processor, its own disk and no roles; lines are shown as they are written.
  Architectures: withoutLocalMeaning,
  Description: withoutLocalMeaning,
  EphemeralStorage: withoutLocalMeaning,
  KmsKeyArn: withoutLocalMeaning,
  LoggingConfig: withoutLocalMeaning,
  Role: withoutLocalMeaning,
  RuntimeManagementConfig: withoutLocalMeaning,
  Tags: withoutLocalMeaning,
  TracingConfig: withoutLocalMeaning,
});

export const lambdaFunction: ResourceType<LocalServices> = {
  physicalId: (resource) => givenName(resource, 'FunctionName') ?? generatedName(resource.stackName, resource.logicalId, 64),
  attributes: { Arn: ({ physicalId }, { identity }) => arn(identity, 'lambda', `function:${physicalId}`) },
  async provision(resource, { identity, assetPath, environment, endpoints, endpointsOf, functions, warmWorkers, log }) {
    const declared = readProperties(LambdaFunction, resource);
    const name = resource.physicalId;
    const functionArn = arn(identity, 'lambda', `function:${name}`);
    const codeFolder = assetPath(resource.stackName, declared.Code.S3Key);
    const ownEndpoints = await endpointsOf(name, endpoints);
    const settings = {
      name,
      arn: functionArn,
      codeFolder,
      handler: declared.Handler,
      timeoutSeconds: declared.Timeout,
      memoryMegabytes: declared.MemorySize,
      concurrency: Math.min(MOST_COPIES, declared.ReservedConcurrentExecutions ?? MOST_COPIES),
      environment: {
        TZ: 'UTC',
        TMPDIR: tmpdir(),
        PATH: process.env['PATH'] ?? '',
        ...withEndpoints({ ...environment, ...declared.Environment.Variables }, endpoints, ownEndpoints),
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(declared.MemorySize),
        AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
        AWS_LAMBDA_LOG_STREAM_NAME: 'local',
        AWS_EXECUTION_ENV: `AWS_Lambda_${declared.Runtime}`,
        LAMBDA_TASK_ROOT: codeFolder,
        _HANDLER: declared.Handler,
      },
    };
    functions.set(functionArn, createLocalFunction(settings, warmWorkers, log));
  },
};
