import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, GetObjectTaggingCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, KEPT, PLAIN, raw, startTestServer, storedFiles, type TestServer } from './test-server.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.end());

const put = (Key: string, Body: string | Uint8Array | Readable, more: Partial<PutObjectCommand['input']> = {}) =>
  test.s3.send(new PutObjectCommand({ Bucket: PLAIN, Key, Body, ...more }));
const get = (Key: string, more: Partial<GetObjectCommand['input']> = {}) => test.s3.send(new GetObjectCommand({ Bucket: PLAIN, Key, ...more }));
const text = async (Key: string, more: Partial<GetObjectCommand['input']> = {}) => (await get(Key, more)).Body?.transformToString();

describe('an object', () => {
  it('comes back as it was put, with all that was said of it', async () => {
    await put('releve.csv', 'a;b', {
      ContentType: 'text/csv; charset=utf-8',
      ContentEncoding: 'gzip',
      CacheControl: 'no-cache',
      ContentDisposition: 'attachment; filename="r.csv"',
      ContentLanguage: 'fr',
      Metadata: { Owner: 'awa', 'file-name': 'releve' },
      Tagging: 'kind=statement&stage=test%20one',
    });
    const found = await get('releve.csv');
    expect(await found.Body?.transformToString()).toBe('a;b');
    expect(found).toMatchObject({
      ContentType: 'text/csv; charset=utf-8',
      ContentEncoding: 'gzip',
      CacheControl: 'no-cache',
      ContentDisposition: 'attachment; filename="r.csv"',
      ContentLanguage: 'fr',
      ContentLength: 3,
      ETag: `"${hash('md5', 'a;b')}"`,
      Metadata: { owner: 'awa', 'file-name': 'releve' },
      TagCount: 2,
    });
    expect(found.VersionId).toBeUndefined();
    const { TagSet } = await test.s3.send(new GetObjectTaggingCommand({ Bucket: PLAIN, Key: 'releve.csv' }));
    expect(TagSet).toEqual([
      { Key: 'kind', Value: 'statement' },
      { Key: 'stage', Value: 'test one' },
    ]);
  });

  it('is binary where nobody said what it is', async () => {
    await raw(test, '/plain/untyped', { method: 'PUT', body: 'x' });
    expect((await raw(test, '/plain/untyped')).headers['content-type']).toBe('binary/octet-stream');
  });

  it('of a stream whose length is known does not carry the framing of the SDK', async () => {
    const parts = ['un ', 'deux ', 'trois'];
    await put('stream', Readable.from(parts.map((part) => Buffer.from(part))), { ContentLength: 13, ContentEncoding: 'gzip' });
    expect(await text('stream')).toBe('un deux trois');
    expect((await get('stream')).ContentEncoding).toBe('gzip');
  });

  it('may be empty', async () => {
    await raw(test, '/plain/empty', { method: 'PUT', body: '' });
    const found = await get('empty');
    expect([found.ContentLength, found.ETag, await found.Body?.transformToString()]).toEqual([0, '"d41d8cd98f00b204e9800998ecf8427e"', '']);
  });

  it('is replaced by the next of its name, whose bytes alone stay on disk', async () => {
    const before = (await storedFiles(test)).length;
    await put('replaced', 'one');
    await put('replaced', 'two');
    expect(await text('replaced')).toBe('two');
    expect((await storedFiles(test)).length).toBe(before + 1);
  });

  it('is whole to a reader who began before it was replaced', async () => {
    const content = Buffer.alloc(8_000_000, 'a');
    await put('slow', content);
    const { Body } = await get('slow');
    await put('slow', 'new');
    expect((await Body?.transformToByteArray())?.length).toBe(content.length);
    expect(await text('slow')).toBe('new');
  });

  it('of one name stays whole when many put it at once', async () => {
    const contents = Array.from({ length: 8 }, (_, index) => String(index).repeat(100_000));
    await Promise.all(contents.map((content) => put('race', content)));
    expect(contents).toContain(await text('race'));
  });

  it('is labelled in the answer as the reader asks', async () => {
    await put('labelled', 'x');
    const found = await get('labelled', { ResponseContentType: 'text/plain', ResponseContentDisposition: 'inline', ResponseCacheControl: 'no-store' });
    expect(found).toMatchObject({ ContentType: 'text/plain', ContentDisposition: 'inline', CacheControl: 'no-store' });
  });

  it('tells of itself without its bytes', async () => {
    await put('head', 'four');
    const head = await test.s3.send(new HeadObjectCommand({ Bucket: PLAIN, Key: 'head' }));
    expect(head).toMatchObject({ ContentLength: 4, AcceptRanges: 'bytes', LastModified: expect.any(Date) });
    expect((await raw(test, '/plain/head', { method: 'HEAD' })).body).toBe('');
  });
});

describe('an object that is not there', () => {
  it('is NoSuchKey', async () => {
    await expectRefusal(get('nothing'), 'NoSuchKey', 404);
    const answer = await raw(test, '/plain/nothing%20here');
    expect(answer.body).toMatch(/<Key>nothing here<\/Key><Resource>\/plain\/nothing%20here<\/Resource><RequestId>\w+<\/RequestId>/);
  });

  it('has no error body for HEAD', async () => {
    await expectRefusal(test.s3.send(new HeadObjectCommand({ Bucket: PLAIN, Key: 'nothing' })), 'NotFound', 404);
    expect((await raw(test, '/plain/nothing', { method: 'HEAD' })).body).toBe('');
  });

  it('in a bucket that is not there is NoSuchBucket', async () => {
    await expectRefusal(test.s3.send(new GetObjectCommand({ Bucket: 'nowhere', Key: 'x' })), 'NoSuchBucket', 404);
    await expectRefusal(test.s3.send(new PutObjectCommand({ Bucket: 'nowhere', Key: 'x', Body: 'x' })), 'NoSuchBucket', 404);
  });

  it('can be deleted', async () => {
    await expect(test.s3.send(new DeleteObjectCommand({ Bucket: PLAIN, Key: 'nothing' }))).resolves.toBeDefined();
  });
});

describe('what cannot be kept', () => {
  it('is refused: metadata of more than 2 KB', async () => {
    await expectRefusal(put('x', 'x', { Metadata: { long: 'x'.repeat(2_048) } }), 'MetadataTooLarge', 400);
  });

  it.each([
    ['eleven tags', Array.from({ length: 11 }, (_, index) => `k${index}=v`).join('&'), 'BadRequest'],
    ['a tag twice', 'a=1&a=2', 'InvalidTag'],
    ['a tag without a name', '=1', 'InvalidTag'],
    ['tags that are not URL-encoded', 'a=%zz', 'InvalidArgument'],
  ])('is refused: %s', async (_what, Tagging, code) => {
    await expectRefusal(put('x', 'x', { Tagging }), code, 400);
  });

  it('is refused: another storage class, another encryption, an ACL', async () => {
    await expectRefusal(put('x', 'x', { StorageClass: 'GLACIER' }), 'NotImplemented', 501);
    await expectRefusal(put('x', 'x', { ServerSideEncryption: 'aws:kms' }), 'NotImplemented', 501);
    await expectRefusal(put('x', 'x', { ACL: 'public-read' }), 'AccessControlListNotSupported', 400);
    await expectRefusal(get('x'), 'NoSuchKey', 404);
  });
});

describe('a restart', () => {
  it('keeps objects and removes bytes that belong to none', async () => {
    await put('kept over', 'restart', { Metadata: { a: 'b' } });
    const files = await storedFiles(test);
    test = await test.restart();
    expect(await text('kept over')).toBe('restart');
    expect((await get('kept over')).Metadata).toEqual({ a: 'b' });
    expect((await storedFiles(test)).toSorted()).toEqual([...files].toSorted());
  });

  it('keeps the settings of a bucket that is made again', async () => {
    await test.s3.send(new PutObjectCommand({ Bucket: KEPT, Key: 'v', Body: '1' }));
    test = await test.restart();
    const { VersionId } = await test.s3.send(new PutObjectCommand({ Bucket: KEPT, Key: 'v', Body: '2' }));
    expect(VersionId).toMatch(/^[\w.]{32}$/);
  });
});
