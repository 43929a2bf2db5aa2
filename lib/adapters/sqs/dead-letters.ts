import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  SQSServiceException,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';

/** A queue of work and its dead letters. */
export interface DeadLetterQueue {
  /** Name of the queue of work. */
  readonly name: string;
  readonly queueUrl: string;
  readonly deadLettersUrl: string;
  readonly deadLettersArn: string;
  /** Dead letters that wait, about. */
  readonly count: number;
}

/** A message as SQS keeps it. */
export interface DeadLetter {
  readonly messageId: string;
  /** ISO 8601; when it was first sent. */
  readonly sentAt: string;
  readonly body: string;
}

export interface DeadLetters {
  /** The queues whose name begins like this and that have dead letters of their own, by name. */
  list(prefix: string): Promise<readonly DeadLetterQueue[]>;
  /** Some of the messages, which stay where they are. */
  look(queue: DeadLetterQueue): Promise<readonly DeadLetter[]>;
  /** Gives the messages back to their queue, as many as there were when it began. */
  giveBack(queue: DeadLetterQueue): Promise<GivenBack>;
}

/** `by-sqs`: SQS moves them by itself, from now on. */
export type GivenBack = { readonly how: 'by-sqs' } | { readonly how: 'one-by-one'; readonly moved: number };

/** What a queue's URL names as host is not always reached from here: the client's own endpoint is. */
const sqs = new SQSClient({ maxAttempts: 5, useQueueUrlAsEndpoint: false });

const redrivePolicy = z.object({ deadLetterTargetArn: z.string() });
/** Those that somebody looks at just now are there as well. */
const COUNTS = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
const LOOKED_AT = 10;
/** Long enough to pass a message on, short enough that one which was only looked at is soon free again. */
const HELD_SECONDS = 30;
const FREE_AGAIN_SECONDS = 1;
const NOT_KNOWN = new Set(['UnsupportedOperation', 'InvalidAction', 'UnknownOperationException', 'NotImplemented', 'AWS.SimpleQueueService.UnsupportedOperation']);

/** The dead letters that the caller's own credentials reach. */
export function sqsDeadLetters(): DeadLetters {
  return {
    async list(prefix) {
      const urls = await urlsOf(prefix);
      const found = await Promise.all(urls.map(deadLettersOf));
      return found.flatMap((queue) => (queue === undefined ? [] : [queue])).toSorted((one, other) => (one.name < other.name ? -1 : 1));
    },

    async look({ deadLettersUrl }) {
      const messages = await receive(deadLettersUrl, LOOKED_AT);
      for (const { ReceiptHandle } of messages) {
        await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: deadLettersUrl, ReceiptHandle, VisibilityTimeout: FREE_AGAIN_SECONDS }));
      }
      return messages.map(({ MessageId = '', Body = '', Attributes = {} }) => ({
        messageId: MessageId,
        sentAt: new Date(Number(Attributes['SentTimestamp'] ?? 0)).toISOString(),
        body: Body,
      }));
    },

    async giveBack(queue) {
      try {
        await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: queue.deadLettersArn }));
        return { how: 'by-sqs' };
      } catch (error) {
        if (!(error instanceof SQSServiceException && NOT_KNOWN.has(error.name))) throw error;
        return { how: 'one-by-one', moved: await passOn(queue) };
      }
    },
  };
}

/** Sent before it is deleted: whoever is cut off in between leaves a message twice, which harms nothing, and none lost. */
async function passOn({ queueUrl, deadLettersUrl, count }: DeadLetterQueue): Promise<number> {
  let moved = 0;
  // Not until the queue is empty: what fails again meanwhile would be moved for ever.
  while (moved < count) {
    const messages = await receive(deadLettersUrl, Math.min(LOOKED_AT, count - moved));
    if (messages.length === 0) break;
    for (const { Body, MessageAttributes, ReceiptHandle } of messages) {
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: Body, ...(MessageAttributes && { MessageAttributes }) }));
      await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLettersUrl, ReceiptHandle }));
      moved += 1;
    }
  }
  return moved;
}

async function receive(url: string, most: number): Promise<readonly Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: most,
      VisibilityTimeout: HELD_SECONDS,
      WaitTimeSeconds: 2,
      MessageSystemAttributeNames: ['SentTimestamp'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
}

async function urlsOf(prefix: string): Promise<readonly string[]> {
  const urls: string[] = [];
  let token: string | undefined;
  do {
    const { QueueUrls = [], NextToken } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: prefix, MaxResults: 1_000, ...(token && { NextToken: token }) }));
    urls.push(...QueueUrls);
    token = NextToken;
  } while (token !== undefined);
  return urls;
}

async function deadLettersOf(queueUrl: string): Promise<DeadLetterQueue | undefined> {
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['RedrivePolicy'] }));
  const policy = Attributes['RedrivePolicy'];
  if (policy === undefined) return undefined;
  const { deadLetterTargetArn } = redrivePolicy.parse(JSON.parse(policy));
  const { QueueUrl: deadLettersUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: lastPart(deadLetterTargetArn, ':') }));
  if (deadLettersUrl === undefined) throw new Error(`no queue ${deadLetterTargetArn}`);
  const counts = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: deadLettersUrl, AttributeNames: [...COUNTS] }));
  return {
    name: lastPart(queueUrl, '/'),
    queueUrl,
    deadLettersUrl,
    deadLettersArn: deadLetterTargetArn,
    count: COUNTS.reduce((sum, name) => sum + Number(counts.Attributes?.[name] ?? 0), 0),
  };
}

function lastPart(text: string, separator: string): string {
  return text.slice(text.lastIndexOf(separator) + 1);
}
