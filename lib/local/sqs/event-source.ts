import { setTimeout as delay } from 'node:timers/promises';
import { ChangeMessageVisibilityBatchCommand, DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { LocalFunction } from '../lambda/local-function.ts';
import type { LocalLog } from '../local-event.ts';
import { settledWithin } from '../time-limit.ts';
import { succeededMessages } from './batch-answer.ts';
import { queueEvent } from './queue-event.ts';

/** One event source mapping between a queue and a function. */
export interface EventSourceSettings {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly region: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  /** Batches that run at once. */
  readonly concurrency: number;
  /** Whether the function names the messages that failed. */
  readonly reportsFailures: boolean;
}

export interface EventSource {
  /** Ends polling, waits for the batches that run at most `graceMs`, and gives unfinished messages back. */
  stop(graceMs: number): Promise<void>;
}

type HeldMessage = Message & { readonly MessageId: string; readonly ReceiptHandle: string };

const REQUEST_LIMIT = 10;
// A poll answers at once when a message comes; it is short because a long one that is cut off swallows what it had received.
const POLL_SECONDS = 1;
const PAUSE_AFTER_FAULT_MS = 500;
// fauxqs 2.4.1 answers 500 to a visibility of 0 and loses the message until it is started again.
const GIVE_BACK_SECONDS = 1;

/** Polls a queue and hands its messages to a function until it is stopped. */
export function startEventSource(sqs: SQSClient, target: LocalFunction, settings: EventSourceSettings, log: LocalLog): EventSource {
  const { queueUrl } = settings;
  const held = new Set<HeldMessage>();
  const running = new Set<Promise<void>>();
  const stopped = Promise.withResolvers<void>();
  let stopping = false;

  const receive = async (most: number, waitSeconds: number): Promise<readonly HeldMessage[]> => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(REQUEST_LIMIT, most),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    const messages = Messages.filter(isHeld);
    for (const message of messages) held.add(message);
    return messages;
  };

  const collect = async (): Promise<readonly HeldMessage[]> => {
    const batch = [...(await receive(settings.batchSize, POLL_SECONDS))];
    const windowEnd = Date.now() + settings.windowSeconds * 1_000;
    while (batch.length > 0 && batch.length < settings.batchSize && Date.now() < windowEnd && !stopping) {
      batch.push(...(await receive(settings.batchSize - batch.length, POLL_SECONDS)));
    }
    return batch;
  };

  const runBatch = async (batch: readonly HeldMessage[]): Promise<void> => {
    const result = await target.invoke(queueEvent(batch, settings.queueArn, settings.region));
    if (!result.ok) return;
    const ids = batch.map(({ MessageId }) => MessageId);
    const succeeded = new Set(settings.reportsFailures ? succeededMessages(ids, result.payload) : ids);
    const finished = batch.filter(({ MessageId }) => succeeded.has(MessageId));
    await inRequests(finished, (Entries) => sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries })));
  };

  const start = (batch: readonly HeldMessage[]): void => {
    const work = runBatch(batch)
      .catch(reportFault)
      .finally(() => {
        for (const message of batch) held.delete(message);
        running.delete(work);
      });
    running.add(work);
  };

  const reportFault = (error: unknown): void => log({ kind: 'fault', source: settings.queueArn, message: String(error) });

  const poll = async (): Promise<void> => {
    while (!stopping) {
      try {
        const batch = await collect();
        if (batch.length > 0 && !stopping) start(batch);
        while (running.size >= settings.concurrency && !stopping) await Promise.race([...running, stopped.promise]);
      } catch (error) {
        reportFault(error);
        await delay(PAUSE_AFTER_FAULT_MS);
      }
    }
  };
  const polling = poll();

  return {
    async stop(graceMs) {
      stopping = true;
      stopped.resolve();
      await polling;
      await settledWithin(graceMs, running);
      const visibility = { VisibilityTimeout: GIVE_BACK_SECONDS };
      await inRequests([...held], (entries) =>
        sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries: entries.map((entry) => ({ ...entry, ...visibility })) })),
      ).catch(reportFault);
    },
  };
}

interface BatchEntry {
  readonly Id: string;
  readonly ReceiptHandle: string;
}

async function inRequests(messages: readonly HeldMessage[], send: (entries: BatchEntry[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < messages.length; at += REQUEST_LIMIT) {
    await send(messages.slice(at, at + REQUEST_LIMIT).map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })));
  }
}

function isHeld(message: Message): message is HeldMessage {
  return message.MessageId !== undefined && message.ReceiptHandle !== undefined;
}
