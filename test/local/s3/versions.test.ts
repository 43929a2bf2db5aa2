import {
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, KEPT, PLAIN, raw, startTestServer, storedFiles, type TestServer } from './test-server.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.end());

const put = async (Key: string, Body: string, Bucket = KEPT) => (await test.s3.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId ?? '';
const text = async (Key: string, VersionId?: string) => (await test.s3.send(new GetObjectCommand({ Bucket: KEPT, Key, VersionId }))).Body?.transformToString();
const remove = (Key: string, VersionId?: string, Bucket = KEPT) => test.s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));

describe('a bucket that keeps versions', () => {
  it('gives the latest, or the one that is asked for', async () => {
    const [first, second] = [await put('a', 'one'), await put('a', 'two')];
    expect(first).not.toBe(second);
    expect([await text('a'), await text('a', first), await text('a', second)]).toEqual(['two', 'one', 'two']);
  });

  it('hides a deleted object behind a marker; its versions stay', async () => {
    const version = await put('b', 'one');
    const { DeleteMarker, VersionId: marker } = await remove('b');
    expect(DeleteMarker).toBe(true);
    await expectRefusal(text('b'), 'NoSuchKey', 404);
    expect(await text('b', version)).toBe('one');
    await expectRefusal(text('b', marker), 'MethodNotAllowed', 405);
  });

  it('shows the object again once the marker is removed', async () => {
    await put('c', 'one');
    const { VersionId: marker } = await remove('c');
    expect(await remove('c', marker)).toMatchObject({ DeleteMarker: true, VersionId: marker });
    expect(await text('c')).toBe('one');
  });

  it('falls back to the version before when the latest is removed for good', async () => {
    const [first, second] = [await put('d', 'one'), await put('d', 'two')];
    const files = (await storedFiles(test)).length;
    await remove('d', second);
    expect(await text('d')).toBe('one');
    await expectRefusal(text('d', second), 'NoSuchVersion', 404);
    expect((await storedFiles(test)).length).toBe(files - 1);
    await remove('d', first);
    await expectRefusal(text('d'), 'NoSuchKey', 404);
  });

  it('knows no version that it never made', async () => {
    await put('e', 'one');
    await expectRefusal(text('e', 'nothing'), 'NoSuchVersion', 404);
    await expectRefusal(test.s3.send(new HeadObjectCommand({ Bucket: KEPT, Key: 'e', VersionId: 'nothing' })), 'NotFound', 404);
  });

  it('says so', async () => {
    expect((await test.s3.send(new GetBucketVersioningCommand({ Bucket: KEPT }))).Status).toBe('Enabled');
    expect((await test.s3.send(new GetBucketVersioningCommand({ Bucket: PLAIN }))).Status).toBeUndefined();
  });
});

describe('a bucket whose versions are suspended', () => {
  it('keeps what it had and replaces only what came since', async () => {
    await test.server.createBucket('suspended', { versioned: true });
    const version = await put('a', 'versioned', 'suspended');
    await test.server.createBucket('suspended', { versioned: false });
    expect(await put('a', 'first', 'suspended')).toBe('null');
    await put('a', 'second', 'suspended');
    const { Versions = [] } = await test.s3.send(new ListObjectVersionsCommand({ Bucket: 'suspended' }));
    expect(Versions.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
      ['null', true],
      [version, false],
    ]);
    await remove('a', undefined, 'suspended');
    const after = await test.s3.send(new ListObjectVersionsCommand({ Bucket: 'suspended' }));
    expect(after.Versions?.map(({ VersionId }) => VersionId)).toEqual([version]);
    expect(after.DeleteMarkers?.map(({ VersionId }) => VersionId)).toEqual(['null']);
  });
});

describe('a bucket without versions', () => {
  it('names none, and knows its objects as version null', async () => {
    await put('x', 'one', PLAIN);
    const answer = await raw(test, '/plain/x?versionId=null');
    expect([answer.body, answer.headers['x-amz-version-id']]).toEqual(['one', undefined]);
    const { DeleteMarker, VersionId } = await remove('x', undefined, PLAIN);
    expect([DeleteMarker, VersionId]).toEqual([undefined, undefined]);
    expect((await raw(test, '/plain/x')).code).toBe('NoSuchKey');
  });
});

describe('listing versions', () => {
  it('gives pages that together are all versions and markers: by key, newest first', async () => {
    await test.server.createBucket('listed', { versioned: true });
    for (const key of ['a', 'b/1', 'b/2', 'c']) for (const body of ['one', 'two', 'three']) await put(key, body, 'listed');
    await remove('c', undefined, 'listed');
    const seen: string[] = [];
    let [KeyMarker, VersionIdMarker]: (string | undefined)[] = [];
    do {
      const page: ListObjectVersionsCommandOutput = await test.s3.send(new ListObjectVersionsCommand({ Bucket: 'listed', MaxKeys: 2, KeyMarker, VersionIdMarker }));
      const entries = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
      expect(entries.length).toBeLessThanOrEqual(2);
      seen.push(...entries.map(({ Key, VersionId }) => `${Key} ${VersionId}`));
      [KeyMarker, VersionIdMarker] = [page.NextKeyMarker, page.NextVersionIdMarker];
    } while (KeyMarker !== undefined);
    expect(new Set(seen).size).toBe(13);
    const whole = await test.s3.send(new ListObjectVersionsCommand({ Bucket: 'listed' }));
    expect(whole.Versions).toHaveLength(12);
    expect(whole.Versions?.filter(({ IsLatest }) => IsLatest).map(({ Key }) => Key)).toEqual(['a', 'b/1', 'b/2']);
    expect(whole.DeleteMarkers).toMatchObject([{ Key: 'c', IsLatest: true }]);
    const sizes = whole.Versions?.filter(({ Key }) => Key === 'a').map(({ Size }) => Size);
    expect(sizes).toEqual([5, 3, 3]);
  });

  it('puts keys with a common beginning together, over pages too', async () => {
    const first = await test.s3.send(new ListObjectVersionsCommand({ Bucket: 'listed', Delimiter: '/', MaxKeys: 4 }));
    expect([first.Versions?.map(({ Key }) => Key), first.CommonPrefixes, first.NextKeyMarker]).toEqual([['a', 'a', 'a'], [{ Prefix: 'b/' }], 'b/']);
    const second = await test.s3.send(new ListObjectVersionsCommand({ Bucket: 'listed', Delimiter: '/', KeyMarker: first.NextKeyMarker }));
    expect([second.Versions?.map(({ Key }) => Key), second.CommonPrefixes]).toEqual([['c', 'c', 'c'], undefined]);
  });
});
