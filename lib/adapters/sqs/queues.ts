import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { LedgerQueue, MatchingQueue } from '../../ports.ts';

const sqs = new SQSClient({ maxAttempts: 5 });

/** The queue of statements to match. Its message names the tache: everything else is read when the work begins. */
export function matchingQueue(url: string): MatchingQueue {
  return { send: (tacheId) => send(url, { tacheId }) };
}

/** The queue of ledger files to import. */
export function ledgerQueue(url: string): LedgerQueue {
  return { send: ({ key, versionId }) => send(url, { key, versionId }) };
}

async function send(url: string, message: object): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message) }));
}
