import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, DeleteObjectCommand, GetObjectCommand, PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, KEPT, PLAIN, raw, startTestServer, storedFiles, type TestServer } from './test-server.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.end());

const put = (Key: string, Body: string, more: Partial<PutObjectCommand['input']> = {}) => test.s3.send(new PutObjectCommand({ Bucket: PLAIN, Key, Body, ...more }));
const get = (Key: string, more: Partial<GetObjectCommand['input']> = {}) => test.s3.send(new GetObjectCommand({ Bucket: PLAIN, Key, ...more }));
const text = async (Key: string) => (await get(Key)).Body?.transformToString();

describe('If-None-Match: * on a write', () => {
  it('lets the first one have the key', async () => {
    await put('once', 'first', { IfNoneMatch: '*' });
    await expectRefusal(put('once', 'second', { IfNoneMatch: '*' }), 'PreconditionFailed', 412);
    expect(await text('once')).toBe('first');
  });

  it('lets one of many at once have the key, and keeps the bytes of that one only', async () => {
    const before = (await storedFiles(test)).length;
    const results = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => put('one of many', String(index), { IfNoneMatch: '*' })));
    const [winner, ...others] = results.flatMap(({ status }, index) => (status === 'fulfilled' ? [String(index)] : []));
    expect(others).toEqual([]);
    expect(await text('one of many')).toBe(winner);
    expect((await storedFiles(test)).length).toBe(before + 1);
  });

  it('finds the key free behind a delete marker', async () => {
    const again = () => test.s3.send(new PutObjectCommand({ Bucket: KEPT, Key: 'again', Body: 'x', IfNoneMatch: '*' }));
    await again();
    await test.s3.send(new DeleteObjectCommand({ Bucket: KEPT, Key: 'again' }));
    await expect(again()).resolves.toBeDefined();
  });

  it('holds for the end of a multipart upload too', async () => {
    const { UploadId } = await test.s3.send(new CreateMultipartUploadCommand({ Bucket: PLAIN, Key: 'parts' }));
    const { ETag } = await test.s3.send(new UploadPartCommand({ Bucket: PLAIN, Key: 'parts', UploadId, PartNumber: 1, Body: 'part' }));
    await put('parts', 'quicker');
    const complete = new CompleteMultipartUploadCommand({ Bucket: PLAIN, Key: 'parts', UploadId, IfNoneMatch: '*', MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } });
    await expectRefusal(test.s3.send(complete), 'PreconditionFailed', 412);
    expect(await text('parts')).toBe('quicker');
  });

  it('takes nothing but *', async () => {
    await expectRefusal(put('x', 'x', { IfNoneMatch: '"abc"' }), 'NotImplemented', 501);
  });
});

describe('If-Match on a write', () => {
  it('replaces exactly the object that was meant', async () => {
    const { ETag } = await put('exact', 'one');
    const { ETag: second } = await put('exact', 'two', { IfMatch: ETag });
    await expectRefusal(put('exact', 'three', { IfMatch: ETag }), 'PreconditionFailed', 412);
    await expect(put('exact', 'three', { IfMatch: second?.replaceAll('"', '') })).resolves.toBeDefined();
  });

  it('on nothing is NoSuchKey', async () => {
    await expectRefusal(put('missing', 'x', { IfMatch: '"abc"' }), 'NoSuchKey', 404);
  });

  it('guards a delete as well', async () => {
    const { ETag } = await put('guarded', 'x');
    const remove = (IfMatch?: string) => test.s3.send(new DeleteObjectCommand({ Bucket: PLAIN, Key: 'guarded', IfMatch }));
    await expectRefusal(remove('"other"'), 'PreconditionFailed', 412);
    expect(await text('guarded')).toBe('x');
    await expect(remove(ETag)).resolves.toBeDefined();
  });
});

describe('conditions on a read', () => {
  it('give 304 for what the reader has, and 412 for what they did not mean', async () => {
    const { ETag } = await put('read', 'x');
    await expectRefusal(get('read', { IfNoneMatch: ETag }), 'Unknown', 304);
    await expectRefusal(get('read', { IfMatch: '"other"' }), 'PreconditionFailed', 412);
    await expect(get('read', { IfMatch: ETag, IfNoneMatch: '"other"' })).resolves.toBeDefined();
    await expect(get('read', { IfMatch: '*' })).resolves.toBeDefined();
  });

  it('look at the time where no ETag is given', async () => {
    const { ETag } = await put('dated', 'x');
    const [past, future] = [new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)];
    await expectRefusal(get('dated', { IfModifiedSince: future }), 'Unknown', 304);
    await expectRefusal(get('dated', { IfUnmodifiedSince: past }), 'PreconditionFailed', 412);
    await expect(get('dated', { IfUnmodifiedSince: past, IfMatch: ETag })).resolves.toBeDefined();
    await expect(get('dated', { IfModifiedSince: future, IfNoneMatch: '"other"' })).resolves.toBeDefined();
    expect((await raw(test, '/plain/dated', { headers: { 'if-modified-since': 'yesterday' } })).status).toBe(200);
  });
});
