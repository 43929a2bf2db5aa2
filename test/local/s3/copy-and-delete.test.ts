import { CopyObjectCommand, DeleteObjectCommand, DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, KEPT, PLAIN, raw, startTestServer, storedFiles, type TestServer } from './test-server.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
  const said = { ContentType: 'text/csv', Metadata: { owner: 'awa' }, Tagging: 'a=b' };
  await test.s3.send(new PutObjectCommand({ Bucket: PLAIN, Key: 'dépôt/a b+c.csv', Body: 'contenu', ...said }));
});
afterAll(() => test.end());

const SOURCE = `${PLAIN}/${encodeURIComponent('dépôt/a b+c.csv')}`;
const copy = (Key: string, more: Partial<CopyObjectCommand['input']> = {}) => test.s3.send(new CopyObjectCommand({ Bucket: PLAIN, Key, CopySource: SOURCE, ...more }));
const head = (Key: string, Bucket = PLAIN) => test.s3.send(new HeadObjectCommand({ Bucket, Key }));

describe('a copy', () => {
  it('has the bytes and all that was said of the source, and bytes of its own', async () => {
    const { CopyObjectResult } = await copy('copied');
    expect(CopyObjectResult?.ETag).toBe((await head('dépôt/a b+c.csv')).ETag);
    expect(await head('copied')).toMatchObject({ ContentType: 'text/csv', Metadata: { owner: 'awa' }, TagCount: 1, ContentLength: 7 });
    await test.s3.send(new PutObjectCommand({ Bucket: PLAIN, Key: 'original', Body: 'x' }));
    await copy('of original', { CopySource: `/${PLAIN}/original` });
    await test.s3.send(new DeleteObjectCommand({ Bucket: PLAIN, Key: 'original' }));
    expect(await (await test.s3.send(new GetObjectCommand({ Bucket: PLAIN, Key: 'of original' }))).Body?.transformToString()).toBe('x');
  });

  it('may say something else of itself', async () => {
    await copy('relabelled', { MetadataDirective: 'REPLACE', ContentType: 'text/plain', Metadata: { owner: 'binta' }, TaggingDirective: 'REPLACE', Tagging: 'c=d&e=f' });
    expect(await head('relabelled')).toMatchObject({ ContentType: 'text/plain', Metadata: { owner: 'binta' }, TagCount: 2 });
  });

  it('to itself must change something', async () => {
    await expectRefusal(copy('dépôt/a b+c.csv'), 'InvalidRequest', 400);
    await expect(copy('dépôt/a b+c.csv', { MetadataDirective: 'REPLACE', ContentType: 'text/csv', Metadata: { owner: 'awa' } })).resolves.toBeDefined();
  });

  it('may be of an older version, and is told of as a copy', async () => {
    const { VersionId } = await test.s3.send(new PutObjectCommand({ Bucket: KEPT, Key: 'v', Body: 'one' }));
    await test.s3.send(new PutObjectCommand({ Bucket: KEPT, Key: 'v', Body: 'two' }));
    const before = test.events.length;
    const done = await copy('restored', { Bucket: KEPT, CopySource: `${KEPT}/v?versionId=${VersionId}` });
    expect(done.CopySourceVersionId).toBe(VersionId);
    expect(test.events.slice(before)).toMatchObject([{ eventName: 'ObjectCreated:Copy', bucket: KEPT, key: 'restored', size: 3, versionId: done.VersionId }]);
  });

  it('needs a source that is there and is as meant', async () => {
    await expectRefusal(copy('x', { CopySource: `${PLAIN}/nothing` }), 'NoSuchKey', 404);
    await expectRefusal(copy('x', { CopySource: 'nowhere/x' }), 'NoSuchBucket', 404);
    await expectRefusal(copy('x', { CopySource: PLAIN }), 'InvalidArgument', 400);
    await expectRefusal(copy('x', { CopySourceIfMatch: '"other"' }), 'PreconditionFailed', 412);
    await expectRefusal(copy('x', { CopySourceIfNoneMatch: (await head('dépôt/a b+c.csv')).ETag }), 'PreconditionFailed', 412);
    await expectRefusal(copy('copied', { IfNoneMatch: '*' }), 'PreconditionFailed', 412);
    await expectRefusal(head('x'), 'NotFound', 404);
  });
});

describe('deleting many objects', () => {
  const remove = (Objects: { Key: string; VersionId?: string }[], Bucket = PLAIN, Quiet?: boolean) =>
    test.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet } }));
  const put = (Key: string, Bucket = PLAIN) => test.s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));

  it('deletes those that are there and says of all that they are gone', async () => {
    await put('d/1 & <2>');
    const files = (await storedFiles(test)).length;
    const { Deleted, Errors } = await remove([{ Key: 'd/1 & <2>' }, { Key: 'd/nothing' }]);
    expect([Deleted, Errors]).toEqual([[{ Key: 'd/1 & <2>' }, { Key: 'd/nothing' }], undefined]);
    expect((await storedFiles(test)).length).toBe(files - 1);
    expect((await test.s3.send(new ListObjectsV2Command({ Bucket: PLAIN, Prefix: 'd/' }))).KeyCount).toBe(0);
  });

  it('hides or removes versions', async () => {
    const { VersionId = '' } = await put('v', KEPT);
    const { Deleted = [] } = await remove([{ Key: 'v' }, { Key: 'v', VersionId }], KEPT);
    expect(Deleted).toEqual([
      { Key: 'v', DeleteMarker: true, DeleteMarkerVersionId: expect.any(String) },
      { Key: 'v', VersionId },
    ]);
  });

  it('may be quiet', async () => {
    await put('q');
    expect((await remove([{ Key: 'q' }], PLAIN, true)).Deleted).toBeUndefined();
    await expectRefusal(head('q'), 'NotFound', 404);
  });

  it('takes a thousand at most, and asks for a checksum', async () => {
    const many = Array.from({ length: 1_001 }, (_, index) => ({ Key: `k${index}` }));
    await expectRefusal(remove(many), 'MalformedXML', 400);
    await expect(remove(many.slice(1))).resolves.toBeDefined();
    const body = '<Delete><Object><Key>x</Key></Object></Delete>';
    expect(await raw(test, '/plain?delete', { method: 'POST', body })).toMatchObject({ status: 400, code: 'InvalidRequest' });
  });

  it('does not pass over a condition', async () => {
    await put('guarded');
    await expectRefusal(test.s3.send(new DeleteObjectsCommand({ Bucket: PLAIN, Delete: { Objects: [{ Key: 'guarded', ETag: '"other"' }] } })), 'NotImplemented', 501);
    await expect(head('guarded')).resolves.toBeDefined();
  });
});
