import middy from '@middy/core';
import type { SQSBatchResponse } from 'aws-lambda';
import * as z from 'zod';
import { later } from '../core/later.ts';
import { log } from '../log/log.ts';
import { inWork, readCorrelationId } from '../log/work.ts';

/** How the messages of one queue are worked through. */
export interface QueueWork<Message> {
  readonly message: z.ZodType<Message>;
  /** @param endsAt when Lambda ends the invocation, done or not: ISO 8601 UTC. What a worker holds until then nobody holds once it has died. */
  work(message: Message, endsAt: string): Promise<void>;
  /** Deliveries before the dead-letter queue; with `onLastFailure`. */
  readonly tries?: number;
  /** The last delivery failed too: the message goes to the dead-letter queue whatever this does. */
  onLastFailure?(message: Message): Promise<void>;
  /** Brings a failed message back before the queue's visibility ends. */
  retrySoon?(receiptHandle: string): Promise<void>;
}

const batch = z.object({
  Records: z.array(
    z.object({
      messageId: z.string(),
      receiptHandle: z.string(),
      body: z.string(),
      attributes: z.object({ ApproximateReceiveCount: z.coerce.number().int() }),
      messageAttributes: z
        .object({ correlationId: z.object({ stringValue: z.string().optional() }).optional() })
        .optional()
        .catch(undefined),
    }),
  ),
});
type QueueRecord = z.infer<typeof batch>['Records'][number];

const remaining = z.custom<() => number>((value) => typeof value === 'function');
/** Whoever does not say how much time is left has none. */
const invocation = z.object({ awsRequestId: z.string(), getRemainingTimeInMillis: remaining }).catch({ awsRequestId: '-', getRemainingTimeInMillis: () => 0 });

/** A handler for a queue: each message by itself, and only those that failed are delivered again. */
export function queueEndpoint<Message>(queue: QueueWork<Message>): (event: unknown, context: never) => Promise<SQSBatchResponse> {
  return middy<unknown, SQSBatchResponse>().handler(async (event: unknown, context: unknown) => {
    const { awsRequestId, getRemainingTimeInMillis } = invocation.parse(context);
    const endsAt = later(new Date().toISOString(), getRemainingTimeInMillis());
    const failures: { itemIdentifier: string }[] = [];
    for (const record of batch.parse(event).Records) {
      if (!(await inWork(correlationOf(record), awsRequestId, () => succeeds(queue, record, endsAt)))) failures.push({ itemIdentifier: record.messageId });
    }
    return { batchItemFailures: failures };
  });
}

/** Whoever began the work says so in its message; a message that nobody gave an id begins something itself. */
function correlationOf({ messageId, messageAttributes }: QueueRecord): string {
  return readCorrelationId(messageAttributes?.correlationId?.stringValue) ?? messageId;
}

async function succeeds<Message>(queue: QueueWork<Message>, record: QueueRecord, endsAt: string): Promise<boolean> {
  const begun = performance.now();
  const message = messageOf(queue, record);
  if (message === undefined) {
    await retrySoon(queue, record);
    return false;
  }
  try {
    await queue.work(message.value, endsAt);
    log('INFO', 'delivery done', { ...delivery(record), milliseconds: Math.round(performance.now() - begun) });
    return true;
  } catch (error) {
    report(record, error);
    await giveUpAtLast(queue, record, message.value);
    await retrySoon(queue, record);
    return false;
  }
}

/** A message that nobody can read must not keep the others of its batch from being read. */
function messageOf<Message>(queue: QueueWork<Message>, record: QueueRecord): { readonly value: Message } | undefined {
  try {
    return { value: queue.message.parse(JSON.parse(record.body)) };
  } catch (cause) {
    report(record, new Error('the message is not one of this queue', { cause }));
    return undefined;
  }
}

async function giveUpAtLast<Message>(queue: QueueWork<Message>, record: QueueRecord, message: Message): Promise<void> {
  if (record.attributes.ApproximateReceiveCount < (queue.tries ?? Number.POSITIVE_INFINITY)) return;
  await withoutHiding(record, () => queue.onLastFailure?.(message));
}

/** One that nobody can read as well: it comes to the dead letters, where somebody looks, the sooner. */
async function retrySoon<Message>(queue: QueueWork<Message>, record: QueueRecord): Promise<void> {
  await withoutHiding(record, () => queue.retrySoon?.(record.receiptHandle));
}

/** Nothing that follows a failure may hide it: without it the message only comes back later. */
async function withoutHiding(record: QueueRecord, work: () => Promise<void> | undefined): Promise<void> {
  try {
    await work();
  } catch (error) {
    report(record, error);
  }
}

function report(record: QueueRecord, error: unknown): void {
  log('ERROR', 'delivery failed', delivery(record), error);
}

function delivery({ messageId, attributes }: QueueRecord) {
  return { messageId, delivery: attributes.ApproximateReceiveCount };
}
