import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { type QueueWork, queueEndpoint } from '../../lib/messages/queue-endpoint.ts';

const message = z.object({ n: z.int() });
type Message = z.infer<typeof message>;

let logged: string[] = [];
beforeEach(() => {
  logged = [];
  vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', 'INFO');
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => logged.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const record = (body: string, delivery = 1) => ({ messageId: `m-${body}`, receiptHandle: `r-${body}`, body, attributes: { ApproximateReceiveCount: String(delivery) } });
const numbered = (n: number, delivery = 1) => record(JSON.stringify({ n }), delivery);
const idOf = (n: number) => ({ itemIdentifier: `m-${JSON.stringify({ n })}` });

/** Calls a function as Lambda does. */
async function received(handler: ReturnType<typeof queueEndpoint>, event: object, remainingMs = 30_000): Promise<unknown> {
  return Reflect.apply(handler, undefined, [event, { awsRequestId: 'invocation', getRemainingTimeInMillis: () => remainingMs }]);
}

/** Delivers a batch to a queue whose work fails for odd numbers, and tells what was asked of it. */
async function deliver(records: readonly object[], changes: Partial<QueueWork<Message>> = {}) {
  const asked: string[] = [];
  const handler = queueEndpoint<Message>({
    message,
    work: async ({ n }) => {
      asked.push(`work ${n}`);
      if (n % 2 === 1) throw new Error(`no service for ${n}`);
    },
    onLastFailure: async ({ n }) => void asked.push(`last failure ${n}`),
    retrySoon: async (receiptHandle) => void asked.push(`retry ${receiptHandle}`),
    tries: 5,
    ...changes,
  });
  return { answer: await received(handler, { Records: records }), asked };
}

describe('a batch of messages', () => {
  it('is worked through in order, each message by itself: only those that failed come again', async () => {
    const { answer, asked } = await deliver([numbered(1), numbered(2), numbered(3), numbered(4)]);
    expect(answer).toEqual({ batchItemFailures: [idOf(1), idOf(3)] });
    expect(asked.filter((one) => one.startsWith('work'))).toEqual(['work 1', 'work 2', 'work 3', 'work 4']);
  });

  it('in which all went well, or which is empty, reports no failure', async () => {
    expect((await deliver([numbered(2), numbered(4)])).answer).toEqual({ batchItemFailures: [] });
    expect((await deliver([])).answer).toEqual({ batchItemFailures: [] });
  });

  it.each([['{"n":'], ['null'], ['{}'], ['{"n":"1"}'], ['']])(
    'with the poison %j among it fails that message alone, works on it never, and has it come to the dead letters soon',
    async (poison) => {
      const { answer, asked } = await deliver([numbered(2), record(poison), numbered(4)]);
      expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: `m-${poison}` }] });
      expect(asked).toEqual(['work 2', `retry r-${poison}`, 'work 4']);
      expect(logged.join()).toContain('not one of this queue');
    },
  );

  it('whose schema itself breaks on a message fails that message alone', async () => {
    const breaking = message.transform((value) => {
      if (value.n === 3) throw new URIError('malformed');
      return value;
    });
    const { answer, asked } = await deliver([numbered(3), numbered(2)], { message: breaking });
    expect(answer).toEqual({ batchItemFailures: [idOf(3)] });
    expect(asked).toEqual(['retry r-{"n":3}', 'work 2']);
  });

  it('is worked through within one invocation: each piece of work is told when it ends', async () => {
    const ends: string[] = [];
    const handler = queueEndpoint<Message>({ message, work: async (_, endsAt) => void ends.push(endsAt) });
    vi.useFakeTimers({ now: Date.parse('2026-03-08T06:00:00Z'), toFake: ['Date'] });
    await received(handler, { Records: [numbered(1), numbered(2)] }, 29_500);
    vi.useRealTimers();
    expect(ends).toEqual(['2026-03-08T06:00:29.500000Z', '2026-03-08T06:00:29.500000Z']);
  });

  it('that is none of a queue is an error: nothing may pass for done', async () => {
    const handler = queueEndpoint<Message>({ message, work: async () => {} });
    await expect(received(handler, { body: 'x' })).rejects.toThrow();
  });
});

describe('a message that failed', () => {
  it('is brought back soon, and logged with its delivery and its error', async () => {
    const { asked } = await deliver([numbered(1, 2)]);
    expect(asked).toEqual(['work 1', 'retry r-{"n":1}']);
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({ level: 'ERROR', message: 'delivery failed', messageId: 'm-{"n":1}', delivery: 2, error: { message: 'no service for 1' } });
  });

  it('is given up at its last delivery and not before', async () => {
    expect((await deliver([numbered(1, 4)])).asked).not.toContain('last failure 1');
    expect((await deliver([numbered(1, 5)])).asked).toEqual(['work 1', 'last failure 1', 'retry r-{"n":1}']);
    expect((await deliver([numbered(1, 6)])).asked).toContain('last failure 1');
  });

  it('and is given up still comes to the dead letters', async () => {
    expect((await deliver([numbered(1, 5)])).answer).toEqual({ batchItemFailures: [idOf(1)] });
  });

  it('stays failed where giving it up fails too, and both errors are logged', async () => {
    const { answer } = await deliver([numbered(1, 5), numbered(2)], { onLastFailure: () => Promise.reject(new Error('no table either')) });
    expect(answer).toEqual({ batchItemFailures: [idOf(1)] });
    expect(logged.join()).toContain('no service for 1');
    expect(logged.join()).toContain('no table either');
  });

  it('stays failed where it cannot be brought back soon: it only comes later', async () => {
    const { answer } = await deliver([numbered(1)], { retrySoon: () => Promise.reject(new Error('the receipt is old')) });
    expect(answer).toEqual({ batchItemFailures: [idOf(1)] });
    expect(logged.join()).toContain('the receipt is old');
  });

  it('is never given up on a queue that does not say how often it tries', async () => {
    const handler = queueEndpoint<Message>({ message, work: () => Promise.reject(new Error('no')), onLastFailure: () => Promise.reject(new Error('must not be asked')) });
    await received(handler, { Records: [numbered(1, 999)] });
    expect(logged.join()).not.toContain('must not be asked');
  });

  it('with something that is no error does not put it into the log', async () => {
    const { answer } = await deliver([numbered(1)], { work: () => Promise.reject('secret') });
    expect(answer).toEqual({ batchItemFailures: [idOf(1)] });
    expect(logged.join()).not.toContain('secret');
  });
});

describe('a message that went well', () => {
  it('is neither given up nor brought back, even at its last delivery', async () => {
    expect((await deliver([numbered(2, 5)])).asked).toEqual(['work 2']);
  });
});
