import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import {
  GetBucketAclCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startS3Server } from '../../../lib/local/s3/s3-server.ts';
import { client, expectRefusal, KEPT, PLAIN, REGION, raw, startTestServer, storedFiles, type TestServer } from './test-server.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.end());

const text = async (s3: S3Client, Key: string) => (await s3.send(new GetObjectCommand({ Bucket: PLAIN, Key }))).Body?.transformToString();

describe('what this S3 does not do', () => {
  it('it says that it does not do', async () => {
    await test.s3.send(new PutObjectCommand({ Bucket: PLAIN, Key: 'x', Body: 'body' }));
    await expectRefusal(test.s3.send(new GetBucketAclCommand({ Bucket: PLAIN })), 'NotImplemented', 501);
    await expectRefusal(test.s3.send(new ListObjectsCommand({ Bucket: PLAIN })), 'NotImplemented', 501);
    await expectRefusal(test.s3.send(new PutObjectTaggingCommand({ Bucket: PLAIN, Key: 'x', Tagging: { TagSet: [] } })), 'NotImplemented', 501);
    expect(await text(test.s3, 'x')).toBe('body');
  });

  it.each([
    ['PUT', '/plain', {}],
    ['DELETE', '/plain', {}],
    ['PUT', '/plain?policy', {}],
    ['GET', '/plain/x?acl', {}],
    ['GET', '/plain/x?partNumber=1', {}],
    ['GET', '/plain/x?unknown=1', {}],
    ['PATCH', '/plain/x', {}],
    ['POST', '/plain/x', {}],
    ['PUT', '/plain/x', { 'x-amz-object-lock-mode': 'GOVERNANCE' }],
    ['PUT', '/plain/x', { 'x-amz-website-redirect-location': '/' }],
    ['PUT', '/plain/x', { 'x-amz-grant-read': 'id="x"' }],
    ['GET', '/plain/x', { 'x-amz-server-side-encryption-customer-key': 'x' }],
    ['GET', '/plain/x', { 'x-amz-meta-a': 'b' }],
  ])('is never passed over: %s %s %j', async (method, path, headers) => {
    expect(await raw(test, path, { method, headers, ...(method === 'GET' ? {} : { body: '' }) })).toMatchObject({ status: 501, code: 'NotImplemented' });
  });
});

describe('a bucket', () => {
  it('is there or not', async () => {
    const { BucketRegion } = await test.s3.send(new HeadBucketCommand({ Bucket: PLAIN }));
    expect(BucketRegion).toBe(REGION);
    await expectRefusal(test.s3.send(new HeadBucketCommand({ Bucket: 'nowhere' })), 'NotFound', 404);
    expect((await test.s3.send(new GetBucketLocationCommand({ Bucket: PLAIN }))).LocationConstraint).toBe(REGION);
  });

  it('for TLS only says so in its policy', async () => {
    const { Policy = '' } = await test.s3.send(new GetBucketPolicyCommand({ Bucket: KEPT }));
    expect(JSON.parse(Policy).Statement).toMatchObject([{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }]);
    await expectRefusal(test.s3.send(new GetBucketPolicyCommand({ Bucket: PLAIN })), 'NoSuchBucketPolicy', 404);
  });

  it.each(['Upper', 'a', '-ab', 'ab_c', '../x', ''])('cannot be called %j', async (name) => {
    await expect(test.server.createBucket(name, { versioned: false })).rejects.toThrow('cannot be the name of a bucket');
  });
});

describe('where it answers', () => {
  it('in the path style and under the name of the bucket', async () => {
    await raw(test, '/hôte'.replace('ô', '%C3%B4'), { method: 'PUT', body: 'host', headers: { host: `${PLAIN}.localhost:1234` } });
    expect(await text(test.s3, 'hôte')).toBe('host');
    const port = new URL(test.server.url).port;
    const path = client(`http://localhost:${port}`, { forcePathStyle: true });
    expect(await text(path, 'hôte')).toBe('host');
    path.destroy();
  });

  it('to no other host name: a page elsewhere may have found the port', async () => {
    expect(await raw(test, '/plain/x', { headers: { host: 'example.com' } })).toMatchObject({ status: 400, code: 'InvalidRequest' });
    expect(await raw(test, '/plain/x', { headers: { host: 'localhost.example.com' } })).toMatchObject({ status: 400 });
  });

  it('to anybody on this machine, with credentials or none', async () => {
    expect((await raw(test, '/plain/anonymous', { method: 'PUT', body: 'x' })).status).toBe(200);
    expect((await raw(test, '/plain/anonymous', { headers: { authorization: 'AWS4-HMAC-SHA256 nonsense' } })).status).toBe(200);
  });

  it('on loopback only', () => {
    expect(new URL(test.server.url).hostname).toBe('127.0.0.1');
  });
});

describe('an upload that breaks off', () => {
  const port = () => Number(new URL(test.server.url).port);
  const untilGone = async (before: number) => {
    while ((await storedFiles(test)).length > before) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('leaves nothing behind', async () => {
    const before = (await storedFiles(test)).length;
    const socket = connect(port(), '127.0.0.1');
    socket.write(`PUT /plain/broken HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n${'x'.repeat(100_000)}`);
    while ((await storedFiles(test)).length === before) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
    await once(socket, 'close');
    await untilGone(before);
    expect((await raw(test, '/plain/broken')).code).toBe('NoSuchKey');
  });

  it('leaves the object of before', async () => {
    await raw(test, '/plain/before', { method: 'PUT', body: 'whole' });
    const before = (await storedFiles(test)).length;
    const socket = connect(port(), '127.0.0.1');
    socket.write(`PUT /plain/before HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf`);
    while ((await storedFiles(test)).length === before) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.end();
    await untilGone(before);
    expect(await text(test.s3, 'before')).toBe('whole');
  });

  it('in a form leaves nothing behind', async () => {
    const before = (await storedFiles(test)).length;
    const policy = Buffer.from(JSON.stringify({ expiration: '2099-01-01T00:00:00Z', conditions: [{ key: 'form' }] })).toString('base64');
    const fields = Object.entries({ key: 'form', policy, awsaccesskeyid: 'x', signature: 'y' }).map(
      ([name, value]) => `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const socket = connect(port(), '127.0.0.1');
    socket.write(`POST /plain HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: 1000000\r\n\r\n${fields.join('')}`);
    socket.write(`--B\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n${'x'.repeat(200_000)}`);
    while ((await storedFiles(test)).length === before) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
    await untilGone(before);
    expect((await raw(test, '/plain/form')).code).toBe('NoSuchKey');
  });

  it('by a crash is cleared away by the next start', async () => {
    const before = (await storedFiles(test)).length;
    await writeFile(join(test.dataDir, 'bytes', 'left-over'), 'half of an upload');
    test = await test.restart();
    expect((await storedFiles(test)).length).toBe(before);
  });

  it('needs a length to begin with', async () => {
    expect(await raw(test, '/plain/x', { method: 'PUT', body: 'x', headers: { 'transfer-encoding': 'chunked' } })).toMatchObject({ status: 411, code: 'MissingContentLength' });
    expect(
      await raw(test, '/plain/x', { method: 'PUT', body: 'x', headers: { 'content-length': '1', 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' } }),
    ).toMatchObject({ status: 411 });
  });

  it('that is longer than 5 GB is refused before it begins', async () => {
    const answer = new Promise<string>((resolve) => {
      const socket = connect(port(), '127.0.0.1', () => socket.write('PUT /plain/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5368709121\r\n\r\n'));
      socket.once('data', (data) => {
        resolve(data.toString());
        socket.destroy();
      });
    });
    expect(await answer).toMatch(/400 Bad Request[\s\S]*<Code>EntityTooLarge<\/Code>/);
  });
});

describe('the data directory', () => {
  it('belongs to one server at a time', async () => {
    await expect(startS3Server({ dataDir: test.dataDir, region: REGION })).rejects.toThrow(/locked/);
    expect(await text(test.s3, 'x')).toBe('body');
  });
});

describe('an upload that is refused half way', () => {
  it('gets its answer, although it has not sent all', async () => {
    const before = await storedFiles(test);
    const headers = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'x-amz-decoded-content-length': '20000000' };
    expect(await raw(test, '/plain/garbled', { method: 'PUT', body: 'x'.repeat(20_000_000), headers })).toMatchObject({ status: 400, code: 'InvalidRequest' });
    expect(await raw(test, '/nowhere/x', { method: 'PUT', body: 'x'.repeat(20_000_000) })).toMatchObject({ status: 404, code: 'NoSuchBucket' });
    expect(await storedFiles(test)).toEqual(before);
  });
});
