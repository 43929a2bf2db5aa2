import { hash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { objectCreatedMessage, testEventMessage } from '../../../lib/local/s3/object-created-event.ts';
import { startS3Server } from '../../../lib/local/s3/s3-server.ts';
import { client, KEPT, PLAIN, REGION, raw, startTestServer, type TestServer } from './test-server.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.end());

const put = (Bucket: string, Key: string, Body = 'contenu') => test.s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const message = (event: (typeof test.events)[number]) => objectCreatedMessage(event, { region: REGION, configurationId: 'depot' });

describe('an object that was stored', () => {
  it('is told of in the words of S3', async () => {
    const { VersionId } = await put(KEPT, 'depot/opérateurs/OMCI/relevé août (1)+2.csv');
    const event = test.events.at(-1);
    if (event === undefined) throw new Error('nothing was told');
    expect(message(event)).toEqual({
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: REGION,
          eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          eventName: 'ObjectCreated:Put',
          userIdentity: { principalId: expect.any(String) },
          requestParameters: { sourceIPAddress: '127.0.0.1' },
          responseElements: { 'x-amz-request-id': expect.any(String), 'x-amz-id-2': expect.any(String) },
          s3: {
            s3SchemaVersion: '1.0',
            configurationId: 'depot',
            bucket: { name: KEPT, ownerIdentity: { principalId: expect.any(String) }, arn: `arn:aws:s3:::${KEPT}` },
            object: {
              key: 'depot/op%C3%A9rateurs/OMCI/relev%C3%A9+ao%C3%BBt+%281%29%2B2.csv',
              size: 7,
              eTag: hash('md5', 'contenu'),
              versionId: VersionId,
              sequencer: expect.stringMatching(/^[0-9A-F]{16}$/),
            },
          },
        },
      ],
    });
  });

  it('has no version where the bucket keeps none', async () => {
    await put(PLAIN, 'x');
    expect(test.events.at(-1)).not.toHaveProperty('versionId');
  });

  it('is told of after those before it, and the order is in the sequencer', async () => {
    for (const body of ['1', '2', '3']) await put(PLAIN, 'ordered', body);
    const sequencers = test.events.filter(({ key }) => key === 'ordered').map(({ sequencer }) => sequencer);
    expect(sequencers).toHaveLength(3);
    expect(sequencers.toSorted()).toEqual(sequencers);
  });

  it('is told of once, and not at all if it was refused', async () => {
    const before = test.events.length;
    await raw(test, '/plain/refused', { method: 'PUT', body: 'x', headers: { 'content-md5': 'CY9rzUYh03PK3k6DJie09g==' } });
    await put(PLAIN, 'accepted');
    expect(test.events.slice(before).map(({ key }) => key)).toEqual(['accepted']);
  });

  it('stays stored if the listener fails', async () => {
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => {});
    const failing = await startS3Server({ dataDir: `${test.dataDir}/failing`, region: REGION, onObjectCreated: () => Promise.reject(new Error('queue is gone')) });
    await failing.createBucket(PLAIN, { versioned: false });
    const s3 = client(failing.url);
    await expect(s3.send(new PutObjectCommand({ Bucket: PLAIN, Key: 'x', Body: 'x' }))).resolves.toBeDefined();
    expect(complaint).toHaveBeenCalledWith(expect.stringContaining('plain/x'), expect.any(Error));
    s3.destroy();
    await failing.stop();
    complaint.mockRestore();
  });
});

describe('the message that S3 sends when notifications are set up', () => {
  it('has no records', () => {
    expect(testEventMessage(PLAIN, '2026-03-07T00:00:00.000Z')).toEqual({
      Service: 'Amazon S3',
      Event: 's3:TestEvent',
      Time: '2026-03-07T00:00:00.000Z',
      Bucket: PLAIN,
      RequestId: expect.any(String),
      HostId: expect.any(String),
    });
  });
});
