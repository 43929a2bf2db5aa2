import { ListBucketsCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEPT, PLAIN, raw, startTestServer, type TestServer } from './test-server.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
  for (const Key of KEYS) await test.s3.send(new PutObjectCommand({ Bucket: PLAIN, Key, Body: Key }));
});
afterAll(() => test.end());

const KEYS = ['a', 'a/', 'a/1', 'a/2', 'a/b/3', 'a0', 'b', 'b//x', 'c d/é', '~', 'é', '\u{ff5e}', '\u{1f600}'];
const byBytes = (keys: readonly string[]) => keys.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));

const list = async (input: Partial<ListObjectsV2Command['input']> = {}) => {
  const page = await test.s3.send(new ListObjectsV2Command({ Bucket: PLAIN, ...input }));
  return { ...page, keys: (page.Contents ?? []).map(({ Key = '' }) => Key), prefixes: (page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix) };
};

/** What S3 documents, done the plain way. */
function expected(prefix: string, delimiter: string): string[] {
  const entries = byBytes(KEYS.filter((key) => key.startsWith(prefix))).map((key) => {
    const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    return at === -1 ? key : `${key.slice(0, at + delimiter.length)} …`;
  });
  return [...new Set(entries)];
}

describe('a list of objects', () => {
  it('is in the order of the bytes of the keys', async () => {
    expect((await list()).keys).toEqual(byBytes(KEYS));
  });

  it('tells size, ETag and time of each', async () => {
    const { Contents } = await list({ Prefix: 'a/1' });
    expect(Contents).toEqual([
      {
        Key: 'a/1',
        Size: 3,
        ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
        LastModified: expect.any(Date),
        StorageClass: 'STANDARD',
        ChecksumAlgorithm: ['CRC32'],
        ChecksumType: 'FULL_OBJECT',
      },
    ]);
  });

  it('puts keys together up to a delimiter', async () => {
    const { keys, prefixes, KeyCount } = await list({ Delimiter: '/' });
    expect([keys, prefixes, KeyCount]).toEqual([['a', 'a0', 'b', '~', 'é', '\u{ff5e}', '\u{1f600}'], ['a/', 'b/', 'c d/'], 10]);
    const inside = await list({ Prefix: 'a/', Delimiter: '/' });
    expect([inside.keys, inside.prefixes]).toEqual([['a/', 'a/1', 'a/2'], ['a/b/']]);
  });

  it('comes in pages that together are the whole list, whatever prefix, delimiter and size of page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('', 'a', 'a/', 'b/', 'x'), fc.constantFrom('', '/', 'b', '//'), fc.integer({ min: 1, max: 4 }), async (Prefix, Delimiter, MaxKeys) => {
        const seen: string[] = [];
        let ContinuationToken: string | undefined;
        do {
          const page = await list({ Prefix, MaxKeys, ContinuationToken, ...(Delimiter === '' ? {} : { Delimiter }) });
          expect(page.keys.length + page.prefixes.length).toBe(page.KeyCount);
          expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys);
          seen.push(...byBytes([...page.keys, ...page.prefixes.map((prefix) => `${prefix} …`)]));
          expect(page.IsTruncated).toBe(page.NextContinuationToken !== undefined);
          ContinuationToken = page.NextContinuationToken;
        } while (ContinuationToken !== undefined);
        expect(seen).toEqual(expected(Prefix, Delimiter));
      }),
      { numRuns: 40 },
    );
  });

  it('begins behind a key', async () => {
    expect((await list({ StartAfter: 'a/2' })).keys[0]).toBe('a/b/3');
    expect((await list({ StartAfter: 'a/zzz' })).keys[0]).toBe('a0');
    expect((await list({ StartAfter: '\u{1f600}' })).keys).toEqual([]);
  });

  it('encodes keys where asked to', async () => {
    const { keys, prefixes, EncodingType } = await list({ EncodingType: 'url', Prefix: 'c', Delimiter: '/' });
    expect([keys, prefixes, EncodingType]).toEqual([[], ['c+d/'], 'url']);
    expect((await list({ EncodingType: 'url', Prefix: 'c' })).keys).toEqual(['c+d/%C3%A9']);
  });

  it('of no keys is empty and has no next page', async () => {
    expect(await list({ MaxKeys: 0 })).toMatchObject({ keys: [], KeyCount: 0, IsTruncated: false, MaxKeys: 0 });
  });

  it.each([
    'list-type=2&max-keys=-1',
    'list-type=2&max-keys=x',
    'list-type=2&continuation-token=x',
    'list-type=2&continuation-token=',
    'list-type=2&encoding-type=x',
    'list-type=3',
  ])('refuses %s', async (query) => {
    expect(await raw(test, `/plain?${query}`)).toMatchObject({ status: 400, code: 'InvalidArgument' });
  });

  it('holds a thousand keys at most', async () => {
    await test.server.createBucket('thousand', { versioned: false });
    const keys = Array.from({ length: 1_003 }, (_, index) => `k${String(index).padStart(5, '0')}`);
    for (let from = 0; from < keys.length; from += 50) {
      await Promise.all(keys.slice(from, from + 50).map((Key) => test.s3.send(new PutObjectCommand({ Bucket: 'thousand', Key, Body: 'x' }))));
    }
    const first = await list({ Bucket: 'thousand', MaxKeys: 5_000 });
    expect([first.keys.length, first.MaxKeys, first.IsTruncated]).toEqual([1_000, 1_000, true]);
    expect((await list({ Bucket: 'thousand', ContinuationToken: first.NextContinuationToken })).keys).toEqual(keys.slice(1_000));
  });
});

describe('the list of buckets', () => {
  it('is by name', async () => {
    const { Buckets = [] } = await test.s3.send(new ListBucketsCommand({}));
    expect(Buckets.map(({ Name }) => Name)).toEqual(expect.arrayContaining([KEPT, PLAIN]));
    expect(Buckets[0]?.CreationDate).toBeInstanceOf(Date);
  });
});
