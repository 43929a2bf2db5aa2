import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let server: Awaited<ReturnType<typeof startFauxqs>>;
let sqs: SQSClient;
let queues: typeof import('../../lib/adapters/sqs/queues.ts');
let count = 0;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
  Object.assign(process.env, { AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${server.port}`, AWS_REGION: 'eu-west-3', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  sqs = new SQSClient();
  queues = await import('../../lib/adapters/sqs/queues.ts');
});
afterAll(async () => {
  sqs.destroy();
  await server.stop();
});

async function aQueue(attributes: Readonly<Record<string, string>> = {}): Promise<string> {
  count += 1;
  const QueueName = `queue-${count}`;
  await sqs.send(new CreateQueueCommand({ QueueName, Attributes: attributes }));
  return `http://127.0.0.1:${server.port}/000000000000/${QueueName}`;
}

async function receive(url: string) {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, WaitTimeSeconds: 0, VisibilityTimeout: 600 }));
  return Messages;
}

const bodiesOf = async (url: string): Promise<readonly unknown[]> => (await receive(url)).map(({ Body }) => JSON.parse(Body ?? ''));

describe('the queues', () => {
  it('carry the tache to match', async () => {
    const url = await aQueue();
    await queues.matchingQueue(url).send(7);
    expect(await bodiesOf(url)).toEqual([{ tacheId: 7 }]);
  });

  it('carry the ledger file to import, with its version where there is one', async () => {
    const url = await aQueue();
    await queues.ledgerQueue(url).send({ key: 'depot/cinetpay/é.csv', versionId: 'v1' });
    await queues.ledgerQueue(url).send({ key: 'depot/cinetpay/b.csv', versionId: undefined });
    expect(await bodiesOf(url)).toEqual([{ key: 'depot/cinetpay/é.csv', versionId: 'v1' }, { key: 'depot/cinetpay/b.csv' }]);
  });

  it('hold the validation to bring to its end back until the call must be over', async () => {
    const url = await aQueue();
    await queues.validationQueue(url).sendLater(7);
    expect(await bodiesOf(url)).toEqual([]);
  });

  it('give a message that failed again: not at once, and the receipt is good for it', async () => {
    const url = await aQueue();
    await queues.matchingQueue(url).send(7);
    const [message] = await receive(url);
    await queues.retrySoon(url)(message?.ReceiptHandle ?? '');
    expect(await bodiesOf(url)).toEqual([]);
  });

  it('that are not there are an error: nothing may pass for sent', async () => {
    await expect(queues.matchingQueue(`http://127.0.0.1:${server.port}/000000000000/nobodys`).send(7)).rejects.toThrow();
  });
});
