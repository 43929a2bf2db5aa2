import { setTimeout as delay } from 'node:timers/promises';
import { GetQueueAttributesCommand, PurgeQueueCommand, type QueueAttributeName, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { FaultCloud } from './fault-cloud.ts';

const COUNTS = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'] as const satisfies readonly QueueAttributeName[];
/** Longer than a message that was only looked at is held. */
const HELD_MS = 1_200;
const LOOK_AGAIN_MS = 100;
const LONGEST_WAIT_MS = 110_000;

/** Messages in a queue, whoever holds them. */
export async function messagesIn({ sqs }: FaultCloud, url: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...COUNTS] }));
  return COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
}

export function queueUrl({ cloud }: FaultCloud, name: string): string {
  return cloud.physicalId('AWS::SQS::Queue', `${name}Queue`);
}

export function deadLettersUrl({ cloud }: FaultCloud, name: string): string {
  return cloud.physicalId('AWS::SQS::Queue', `${name}DeadLetters`);
}

/** The queues of work that the template has, by the name that goes before `Queue` and `DeadLetters`. */
export function workQueues({ cloud }: FaultCloud): readonly string[] {
  return cloud.resources.flatMap(({ type, logicalId }) => (type === 'AWS::SQS::Queue' ? [...(/^(\w+)DeadLetters/u.exec(logicalId)?.slice(1, 2) ?? [])] : []));
}

/** Waits until no message is left to work on. @throws Error where that never comes */
export async function workIsDone(cloud: FaultCloud): Promise<void> {
  const end = Date.now() + LONGEST_WAIT_MS;
  const names = workQueues(cloud);
  let empty = 0;
  // Asked about alone until it is empty: most of what a run asks of SQS would be this question.
  let busy: string | undefined;
  while (empty < 2) {
    const areAllAsked = busy === undefined;
    busy = await firstBusy(cloud, busy === undefined ? names : [busy]);
    empty = busy === undefined && areAllAsked ? empty + 1 : 0;
    if (Date.now() > end) throw new Error(`messages are left in ${busy ?? 'no queue'} after ${LONGEST_WAIT_MS} ms`);
    await delay(LOOK_AGAIN_MS);
  }
}

/** One of these queues that has messages. */
async function firstBusy(cloud: FaultCloud, names: readonly string[]): Promise<string | undefined> {
  const counts = await Promise.all(names.map((name) => messagesIn(cloud, queueUrl(cloud, name))));
  return names.find((_, index) => counts[index] !== 0);
}

/** How many dead letters there are, of all queues. */
export async function deadLetters(cloud: FaultCloud): Promise<number> {
  const counts = await Promise.all(workQueues(cloud).map((name) => messagesIn(cloud, deadLettersUrl(cloud, name))));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Throws the dead letters away. */
export async function emptyDeadLetters(cloud: FaultCloud): Promise<void> {
  for (const name of workQueues(cloud)) await cloud.sqs.send(new PurgeQueueCommand({ QueueUrl: deadLettersUrl(cloud, name) }));
}

export async function sendTo(cloud: FaultCloud, name: string, body: string): Promise<void> {
  await cloud.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(cloud, name), MessageBody: body }));
}

/** The bodies of the dead letters of a queue, which stay there for whoever comes next. */
export async function readDeadLetters(cloud: FaultCloud, name: string): Promise<readonly string[]> {
  const url = deadLettersUrl(cloud, name);
  const { Messages = [] } = await cloud.sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: 1 }));
  await delay(HELD_MS);
  return Messages.flatMap(({ Body }) => (Body === undefined ? [] : [Body]));
}
