import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client, PLAIN, raw, startTestServer, type TestServer } from './test-server.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
  await test.s3.send(new PutObjectCommand({ Bucket: PLAIN, Key: 'signed', Body: 'contenu' }));
});
afterAll(() => test.end());

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);
const code = async (response: Response) => /<Code>(.*?)<\/Code><Message>(.*?)<\/Message>/.exec(await response.text())?.slice(1);

describe('a presigned URL', () => {
  it('reads an object, labelled as it was signed', async () => {
    const url = await getSignedUrl(test.s3, new GetObjectCommand({ Bucket: PLAIN, Key: 'signed', ResponseContentDisposition: 'attachment; filename="x.csv"' }), { expiresIn: 60 });
    const response = await fetch(url);
    expect([response.status, await response.text(), response.headers.get('content-disposition')]).toEqual([200, 'contenu', 'attachment; filename="x.csv"']);
  });

  it('writes an object', async () => {
    const plain = client(test.server.url, { requestChecksumCalculation: 'WHEN_REQUIRED' });
    const url = await getSignedUrl(plain, new PutObjectCommand({ Bucket: PLAIN, Key: 'uploaded', ContentType: 'text/csv', Metadata: { a: 'b' } }), { expiresIn: 60 });
    plain.destroy();
    const response = await fetch(url, { method: 'PUT', body: 'a;b', headers: { 'content-type': 'text/csv' } });
    expect(response.status).toBe(200);
    expect((await raw(test, '/plain/uploaded')).headers).toMatchObject({ 'content-type': 'text/csv', 'x-amz-meta-a': 'b' });
  });

  it('that the SDK signed with the checksum of nothing takes no other body, as in S3', async () => {
    const url = await getSignedUrl(test.s3, new PutObjectCommand({ Bucket: PLAIN, Key: 'trap' }), { expiresIn: 60 });
    expect(url).toContain('x-amz-checksum-crc32=AAAAAA');
    expect(await code(await fetch(url, { method: 'PUT', body: 'x' }))).toEqual(['BadDigest', expect.any(String)]);
  });

  it('is refused once its time is over', async () => {
    const url = await getSignedUrl(test.s3, new GetObjectCommand({ Bucket: PLAIN, Key: 'signed' }), { expiresIn: 60, signingDate: ago(61) });
    const response = await fetch(url);
    expect(response.status).toBe(403);
    expect(await code(response)).toEqual(['AccessDenied', 'Request has expired']);
  });

  it('is good until then', async () => {
    const url = await getSignedUrl(test.s3, new GetObjectCommand({ Bucket: PLAIN, Key: 'signed' }), { expiresIn: 3_600, signingDate: ago(1_800) });
    expect((await fetch(url)).status).toBe(200);
  });

  it.each([
    ['X-Amz-Expires', '604801'],
    ['X-Amz-Expires', '-1'],
    ['X-Amz-Expires', 'x'],
    ['X-Amz-Date', 'yesterday'],
    ['X-Amz-Date', '20261399T000000Z'],
    ['X-Amz-Signature', undefined],
    ['X-Amz-Credential', undefined],
    ['X-Amz-Date', undefined],
  ])('must say when, for how long and by whom: %s = %s', async (name, value) => {
    const url = new URL(await getSignedUrl(test.s3, new GetObjectCommand({ Bucket: PLAIN, Key: 'signed' }), { expiresIn: 60 }));
    url.searchParams.delete(name);
    if (value !== undefined) url.searchParams.set(name, value);
    const response = await fetch(url);
    expect([response.status, (await code(response))?.[0]]).toEqual([400, 'AuthorizationQueryParametersError']);
  });

  it('of the old kind has its time too', async () => {
    const url = (expires: number) => `/plain/signed?AWSAccessKeyId=x&Signature=y&Expires=${expires}`;
    const now = Math.floor(Date.now() / 1_000);
    expect((await raw(test, url(now + 60))).status).toBe(200);
    expect(await raw(test, url(now - 1))).toMatchObject({ status: 403, code: 'AccessDenied' });
  });
});
