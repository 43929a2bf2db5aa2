import { writeFile } from 'node:fs/promises';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, functionResource, type Resources, type RunningCloud, startAgain, startSmallCloud, stopAndRemove } from './small-assembly.ts';

// A function tells what it received by writing it: the lines are what the tests read.
const WORKER = `
  export const handler = async ({ Records }) => {
    console.log(JSON.stringify(Records.map(({ body, attributes }) => [body, Number(attributes.ApproximateReceiveCount)])));
    if (Records.some(({ body }) => body === 'crash')) process.exit(1);
    return { batchItemFailures: Records.filter(({ body }) => body.startsWith('bad')).map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };`;
const LAX = `export const handler = async ({ Records }) => {
    console.log(JSON.stringify(Records.map(({ body, attributes }) => [body, Number(attributes.ApproximateReceiveCount)])));
    return { batchItemFailures: [{ itemIdentifier: 'nobody' }] };
  };`;
const RECORD = 'export const handler = async ({ Records: [record] }) => console.log(JSON.stringify(record));';

/** Of a function, and of the visibility of its queue: a busy machine takes more than one to start a function, and what comes back meanwhile counts as delivered. */
const SECONDS = 4;

function delivery(name: string, asset: string, mapping: object = {}, queue: object = {}): Resources {
  return {
    [`${name}Queue`]: {
      Type: 'AWS::SQS::Queue',
      Properties: { VisibilityTimeout: SECONDS, RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [`${name}Dead`, 'Arn'] }, maxReceiveCount: 2 }, ...queue },
    },
    [`${name}Dead`]: { Type: 'AWS::SQS::Queue' },
    [`${name}Function`]: functionResource(asset, { Timeout: SECONDS }),
    [`${name}Mapping`]: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': [`${name}Queue`, 'Arn'] },
        FunctionName: { Ref: `${name}Function` },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ...mapping,
      },
    },
  };
}

let running: RunningCloud;
let sqs: SQSClient;

beforeAll(async () => {
  running = await startSmallCloud({
    resources: {
      ...delivery('Partial', 'worker'),
      ...delivery('Whole', 'worker', { FunctionResponseTypes: [] }),
      ...delivery('Lax', 'lax'),
      ...delivery('Window', 'worker', { BatchSize: 30, MaximumBatchingWindowInSeconds: 3 }, { VisibilityTimeout: 30 }),
      ...delivery('Record', 'record'),
      ...delivery('Later', 'worker', { Enabled: false }),
    },
    functions: { worker: WORKER, lax: LAX, record: RECORD },
  });
  sqs = clientOf(running);
});
afterAll(() => stopAndRemove(running));

function clientOf({ cloud }: RunningCloud): SQSClient {
  return new SQSClient({ endpoint: cloud.endpoints.sqs, region: cloud.region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
}

function urlOf(name: string): string {
  return running.cloud.physicalId('AWS::SQS::Queue', name);
}

async function send(name: string, ...bodies: string[]): Promise<void> {
  for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl: urlOf(`${name}Queue`), MessageBody }));
}

/** Each message with its receive count, in the order in which the function saw them. */
function seenBy(name: string): readonly (readonly [string, number])[] {
  const functionName = running.cloud.physicalId('AWS::Lambda::Function', `${name}Function`);
  return running.events.flatMap((event) => (event.kind === 'log' && event.functionName === functionName && event.line.startsWith('[[') ? JSON.parse(event.line) : []));
}

function deadLetter(name: string): Promise<string> {
  return eventually(async () => {
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: urlOf(`${name}Dead`), WaitTimeSeconds: 0 }));
    return Messages?.[0]?.Body;
  });
}

describe.concurrent('a function on a queue', () => {
  it('gets only the messages again that it reported as failed, until they are dead letters', async () => {
    await send('Partial', 'good-1', 'bad-1', 'good-2');
    expect(await deadLetter('Partial')).toBe('bad-1');
    const seen = seenBy('Partial');
    expect(seen.filter(([body]) => body.startsWith('good')).toSorted()).toEqual([
      ['good-1', 1],
      ['good-2', 1],
    ]);
    expect(seen.filter(([body]) => body === 'bad-1')).toEqual([
      ['bad-1', 1],
      ['bad-1', 2],
    ]);
  });

  it('gets the whole batch again when it crashes', async () => {
    await send('Whole', 'crash');
    expect(await deadLetter('Whole')).toBe('crash');
    expect(seenBy('Whole').map(([, count]) => count)).toEqual([1, 2]);
  });

  it('gets the whole batch again when it reports a message that was not in it', async () => {
    await send('Lax', 'any');
    expect(await deadLetter('Lax')).toBe('any');
    expect(seenBy('Lax')).toEqual([
      ['any', 1],
      ['any', 2],
    ]);
  });

  it('gets what arrives within the window in one batch, more than one request can carry', async () => {
    const bodies = Array.from({ length: 12 }, (_, index) => `row-${index}`);
    await Promise.all(bodies.map((body) => send('Window', body)));
    await eventually(() => (seenBy('Window').length >= bodies.length ? true : undefined));
    expect(
      seenBy('Window')
        .map(([body]) => body)
        .toSorted(),
    ).toEqual(bodies.toSorted());
  });

  it('sees records as Lambda makes them', async () => {
    await sqs.send(new SendMessageCommand({ QueueUrl: urlOf('RecordQueue'), MessageBody: 'text', MessageAttributes: { kind: { DataType: 'String', StringValue: 'greeting' } } }));
    const name = running.cloud.physicalId('AWS::Lambda::Function', 'RecordFunction');
    const line = await eventually(() => running.events.flatMap((event) => (event.kind === 'log' && event.functionName === name ? [event.line] : []))[0]);
    expect(JSON.parse(line)).toEqual({
      messageId: expect.stringMatching(/^[\da-f-]{36}$/),
      receiptHandle: expect.any(String),
      body: 'text',
      attributes: expect.objectContaining({ ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/), ApproximateFirstReceiveTimestamp: expect.any(String) }),
      messageAttributes: { kind: { stringValue: 'greeting', stringListValues: [], binaryListValues: [], dataType: 'String' } },
      md5OfBody: '1cb251ec0d568de6a929b520c4aed8d1',
      eventSource: 'aws:sqs',
      eventSourceARN: expect.stringMatching(/^arn:aws:sqs:eu-west-1:000000000000:small-RecordQueue-/),
      awsRegion: 'eu-west-1',
    });
  });
});

it('keeps messages that wait while the machine is off, and delivers them after the next start', async () => {
  const settings = (Enabled: boolean) => ({
    resources: { ...delivery('Later', 'worker', { Enabled }) },
    functions: { worker: WORKER },
  });
  const first = await startSmallCloud(settings(false));
  await clientOf(first).send(new SendMessageCommand({ QueueUrl: first.cloud.physicalId('AWS::SQS::Queue', 'LaterQueue'), MessageBody: 'waited' }));
  await first.cloud.stop();
  await writeFile(`${first.folder}/assembly/small.template.json`, JSON.stringify({ Resources: settings(true).resources }));
  const second = await startAgain(first.folder);
  const line = await eventually(() => second.events.flatMap((event) => (event.kind === 'log' ? [event.line] : []))[0]);
  expect(JSON.parse(line)).toEqual([['waited', 1]]);
  await stopAndRemove(second);
});

it('gives the messages of a call that it cuts off to the next start', async () => {
  const hanging = `export const handler = async ({ Records }) => { console.log(JSON.stringify(Records.map(({ body }) => body))); await new Promise(() => setInterval(() => {}, 1000)); };`;
  const first = await startSmallCloud({
    resources: { ...delivery('Cut', 'hanging', {}, { VisibilityTimeout: 900 }), CutFunction: functionResource('hanging', { Timeout: 900 }) },
    functions: { hanging },
  });
  await clientOf(first).send(new SendMessageCommand({ QueueUrl: first.cloud.physicalId('AWS::SQS::Queue', 'CutQueue'), MessageBody: 'long' }));
  await eventually(() => first.events.find((event) => event.kind === 'log'));
  await first.cloud.stop();
  const second = await startAgain(first.folder);
  const again = await eventually(() => second.events.flatMap((event) => (event.kind === 'log' ? [event.line] : []))[0]);
  expect(again).toBe('["long"]');
  await stopAndRemove(second);
});

it('delivers at once what was being worked on when the machine was switched off without a word', async () => {
  const first = await startSmallCloud({ resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 900 } } } });
  const client = clientOf(first);
  const QueueUrl = first.cloud.physicalId('AWS::SQS::Queue', 'Queue');
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'begun' }));
  await client.send(new ReceiveMessageCommand({ QueueUrl }));
  await first.cloud.stop();
  const second = await startAgain(first.folder);
  const receive = new ReceiveMessageCommand({ QueueUrl: second.cloud.physicalId('AWS::SQS::Queue', 'Queue'), MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
  const { Messages = [] } = await clientOf(second).send(receive);
  expect(Messages.map(({ Body, Attributes }) => [Body, Attributes?.ApproximateReceiveCount])).toEqual([['begun', '2']]);
  await stopAndRemove(second);
});
