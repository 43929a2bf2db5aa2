import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, PLAIN, raw, startTestServer, type TestServer } from './test-server.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
  await test.s3.send(new PutObjectCommand({ Bucket: PLAIN, Key: 'digits', Body: '0123456789' }));
  await raw(test, '/plain/empty', { method: 'PUT', body: '' });
});
afterAll(() => test.end());

describe('a range', () => {
  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
    ['bytes=9-9', '9', 'bytes 9-9/10'],
  ])('%s gives %s', async (Range, expected, contentRange) => {
    const found = await test.s3.send(new GetObjectCommand({ Bucket: PLAIN, Key: 'digits', Range }));
    expect([await found.Body?.transformToString(), found.ContentRange, found.ContentLength, found.$metadata.httpStatusCode]).toEqual([
      expected,
      contentRange,
      expected.length,
      206,
    ]);
  });

  it.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('%s cannot be satisfied', async (Range) => {
    await expectRefusal(test.s3.send(new GetObjectCommand({ Bucket: PLAIN, Key: 'digits', Range })), 'InvalidRange', 416);
  });

  it('of an empty object cannot be satisfied', async () => {
    expect(await raw(test, '/plain/empty', { headers: { range: 'bytes=0-0' } })).toMatchObject({ status: 416, code: 'InvalidRange' });
  });

  it.each(['bytes=5-2', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=-', 'bytes=a-b'])('%s is passed over', async (range) => {
    expect(await raw(test, '/plain/digits', { headers: { range } })).toMatchObject({ status: 200, body: '0123456789' });
  });
});
