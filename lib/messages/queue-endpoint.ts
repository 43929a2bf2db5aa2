import middy from '@middy/core';
import type { SQSBatchResponse } from 'aws-lambda';
import * as z from 'zod';

/** How the messages of one queue are worked through. */
export interface QueueWork<Message> {
  readonly message: z.ZodType<Message>;
  work(message: Message): Promise<void>;
  /** Deliveries before the dead-letter queue; with `onLastFailure`. */
  readonly tries?: number;
  /** The last delivery failed too: the message goes to the dead-letter queue whatever this does. */
  onLastFailure?(message: Message): Promise<void>;
  /** Brings a failed message back before the queue's visibility ends. */
  retrySoon?(receiptHandle: string): Promise<void>;
}

const batch = z.object({
  Records: z.array(z.object({ messageId: z.string(), receiptHandle: z.string(), body: z.string(), attributes: z.object({ ApproximateReceiveCount: z.coerce.number().int() }) })),
});
type QueueRecord = z.infer<typeof batch>['Records'][number];

/** A handler for a queue: each message by itself, and only those that failed are delivered again. */
export function queueEndpoint<Message>(queue: QueueWork<Message>): (event: unknown, context: never) => Promise<SQSBatchResponse> {
  return middy<unknown, SQSBatchResponse>().handler(async (event: unknown) => {
    const failures: { itemIdentifier: string }[] = [];
    for (const record of batch.parse(event).Records) {
      if (!(await succeeds(queue, record))) failures.push({ itemIdentifier: record.messageId });
    }
    return { batchItemFailures: failures };
  });
}

async function succeeds<Message>(queue: QueueWork<Message>, record: QueueRecord): Promise<boolean> {
  const message = messageOf(queue, record);
  if (message === undefined) return false;
  try {
    await queue.work(message.value);
    return true;
  } catch (error) {
    report(record, error);
    await afterFailure(queue, record, message.value);
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

/** Nothing here may hide the failure itself: without it the message only comes back later. */
async function afterFailure<Message>(queue: QueueWork<Message>, record: QueueRecord, message: Message): Promise<void> {
  try {
    if (record.attributes.ApproximateReceiveCount >= (queue.tries ?? Number.POSITIVE_INFINITY)) await queue.onLastFailure?.(message);
    await queue.retrySoon?.(record.receiptHandle);
  } catch (error) {
    report(record, error);
  }
}

function report({ messageId, attributes }: QueueRecord, error: unknown): void {
  const described = error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : { name: 'not an error' };
  console.error(JSON.stringify({ level: 'ERROR', message: 'delivery failed', messageId, delivery: attributes.ApproximateReceiveCount, error: described }));
}
