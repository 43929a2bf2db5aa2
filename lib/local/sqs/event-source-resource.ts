import * as z from 'zod';
import type { LocalFunction } from '../lambda/local-function.ts';
import type { LocalServices } from '../local-services.ts';
import { identifier } from '../physical-name.ts';
import { type ResourceType, readProperties, templateBoolean, templateNumber, withoutLocalMeaning } from '../template/declared-resource.ts';
import { startEventSource } from './event-source.ts';
import type { LocalQueue } from './local-queue.ts';

// Lambda begins with five batches at once where nothing limits it.
const DEFAULT_CONCURRENCY = 5;
const LARGEST_BATCH_WITHOUT_WINDOW = 10;

const EventSourceMapping = z.strictObject({
  EventSourceArn: z.string().regex(/^arn:[^:]+:sqs:/, 'only queues are supported'),
  FunctionName: z.string(),
  BatchSize: templateNumber.pipe(z.int().min(1).max(10_000)).default(10),
  MaximumBatchingWindowInSeconds: templateNumber.pipe(z.int().min(0).max(300)).default(0),
  ScalingConfig: z.object({ MaximumConcurrency: templateNumber.pipe(z.int().min(2).max(1_000)).optional() }).default({}),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  Enabled: templateBoolean.default(true),
  MetricsConfig: withoutLocalMeaning,
  Tags: withoutLocalMeaning,
});

export const eventSourceMapping: ResourceType<LocalServices> = {
  physicalId: ({ stackName, logicalId }) => identifier(`${stackName}/${logicalId}`, 32),
  attributes: { Id: ({ physicalId }) => physicalId },
  provision(resource, { queues, functions, sqs, identity, log, activities }) {
    const mapping = readProperties(EventSourceMapping, resource);
    if (mapping.BatchSize > LARGEST_BATCH_WITHOUT_WINDOW && mapping.MaximumBatchingWindowInSeconds === 0) {
      throw new Error(`${resource.logicalId}: a batch of more than ${LARGEST_BATCH_WITHOUT_WINDOW} messages needs a MaximumBatchingWindowInSeconds of at least 1`);
    }
    const queue = queues.get(mapping.EventSourceArn);
    if (queue === undefined) throw new Error(`${resource.logicalId}: there is no queue ${mapping.EventSourceArn}`);
    const target = [...functions.values()].find(({ settings }) => settings.name === mapping.FunctionName || settings.arn === mapping.FunctionName);
    if (target === undefined) throw new Error(`${resource.logicalId}: there is no function ${mapping.FunctionName}`);
    refuseEarlyReturn(queue, target);
    if (!mapping.Enabled) return;
    activities.push(() =>
      startEventSource(
        sqs,
        target,
        {
          queueUrl: queue.url,
          queueArn: queue.arn,
          region: identity.region,
          batchSize: mapping.BatchSize,
          windowSeconds: mapping.MaximumBatchingWindowInSeconds,
          concurrency: mapping.ScalingConfig.MaximumConcurrency ?? DEFAULT_CONCURRENCY,
          reportsFailures: mapping.FunctionResponseTypes.length > 0,
        },
        log,
      ),
    );
  },
};

/** Lambda refuses such a mapping: messages would come back while the function still works on them. */
function refuseEarlyReturn({ visibilitySeconds, arn }: LocalQueue, { settings }: LocalFunction): void {
  if (visibilitySeconds >= settings.timeoutSeconds) return;
  throw new Error(`${arn}: Queue visibility timeout: ${visibilitySeconds} seconds is less than Function timeout: ${settings.timeoutSeconds} seconds`);
}
