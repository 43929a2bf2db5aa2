import { ChangeMessageVisibilityCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { correlationId } from '../../log/work.ts';
import type { Arrivals, ExportQueue, LedgerQueue, MatchingQueue, NoticeQueue, RetryQueue, ValidationQueue, Waiting } from '../../ports.ts';
import { SHORT_ANSWERS } from '../time-limits.ts';

const sqs = new SQSClient({ maxAttempts: 5, requestHandler: SHORT_ANSWERS });

/** A failed message comes again so soon; only a worker that died waits for the queue's own visibility. */
const RETRY_SECONDS = 30;

/** The queue of statements to match. Its message names the tache: everything else is read when the work begins. */
export function matchingQueue(url: string): MatchingQueue {
  return { send: (tacheId) => send(url, { tacheId }) };
}

/** The queue of arrivals, to which S3 itself sends. What is sent here says no more than what is read of S3's own messages. */
export function arrivalsQueue(url: string): Arrivals {
  return { announce: ({ key, versionId, bytes }) => send(url, { Records: [{ s3: { object: { key: encodeURIComponent(key), versionId, size: bytes } } }] }) };
}

/** Whether anything waits in a queue. */
export function waitingIn(url: string): Waiting {
  return {
    async waiting() {
      const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] }));
      return Number(Attributes['ApproximateNumberOfMessages'] ?? 0);
    },
  };
}

/** The queue of ledger files to import. */
export function ledgerQueue(url: string): LedgerQueue {
  return { send: ({ key, versionId }) => send(url, { key, versionId }) };
}

/** Longer than the gateway waits for an answer. */
const AFTER_THE_ANSWER_SECONDS = 30;

/** The queue of validations to bring to their end. */
export function validationQueue(url: string): ValidationQueue {
  return { sendLater: (tacheId) => send(url, { tacheId }, AFTER_THE_ANSWER_SECONDS) };
}

/** The queue of exports to make. */
export function exportQueue(url: string): ExportQueue {
  return { send: ({ tacheId, format }) => send(url, { tacheId, format }) };
}

/** The queue of what is to be told. A message names what happened, or one notice of it. */
export function noticeQueue(url: string): NoticeQueue {
  return {
    send: ({ tacheId, event }) => send(url, { tacheId, event }),
    deliver: ({ tacheId, event, channel, username }, afterSeconds) => send(url, { tacheId, event, channel, username }, afterSeconds),
  };
}

/** Imports that come one after the other are tried together. */
const IMPORTS_TOGETHER_SECONDS = 5;

/** The queue of operators whose open items are to be tried again. */
export function retryQueue(url: string): RetryQueue {
  return { send: (operatorCode) => send(url, { operatorCode }, IMPORTS_TOGETHER_SECONDS) };
}

async function send(url: string, message: object, delaySeconds = 0): Promise<void> {
  const id = correlationId();
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: url,
      MessageBody: JSON.stringify(message),
      DelaySeconds: delaySeconds,
      ...(id !== undefined && { MessageAttributes: { correlationId: { DataType: 'String', StringValue: id } } }),
    }),
  );
}

/** Makes a message that failed visible again soon. */
export function retrySoon(url: string): (receiptHandle: string) => Promise<void> {
  return async (receiptHandle) => {
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: receiptHandle, VisibilityTimeout: RETRY_SECONDS }));
  };
}
