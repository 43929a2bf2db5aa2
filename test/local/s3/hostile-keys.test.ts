import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, PLAIN, raw, startTestServer, storedFiles, type TestServer } from './test-server.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.end());

const put = (Key: string, Body: string) => test.s3.send(new PutObjectCommand({ Bucket: PLAIN, Key, Body }));
const text = async (Key: string) => (await test.s3.send(new GetObjectCommand({ Bucket: PLAIN, Key }))).Body?.transformToString();
const remove = (Key: string) => test.s3.send(new DeleteObjectCommand({ Bucket: PLAIN, Key }));

const KEYS = [
  '../../x',
  '..',
  '.',
  '/',
  '//a',
  'a//b',
  'a/./b',
  'a/../b',
  '/etc/passwd',
  'a b+c&d=e?f#g%h',
  "l'été/relevé d’août.csv",
  '数据/文件',
  '😀',
  'a\\b',
  'con',
  '%2e%2e%2f',
  'x'.repeat(1_024),
  '\u0001\u007f',
  'tab\tline\nend',
  '<a>&"\'',
];

describe('a key', () => {
  it.each(KEYS)('is any text: %j', async (key) => {
    await put(key, key);
    expect(await text(key)).toBe(key);
    const { Contents = [] } = await test.s3.send(new ListObjectsV2Command({ Bucket: PLAIN, EncodingType: 'url' }));
    expect(Contents.map((object) => decodeURIComponent((object.Key ?? '').replaceAll('+', ' ')))).toContain(key);
    await remove(key);
    await expectRefusal(text(key), 'NoSuchKey', 404);
  });

  it('never becomes the name of a file', async () => {
    for (const key of KEYS) await put(key, 'x');
    for (const file of await storedFiles(test)) expect(file.slice(test.dataDir.length)).toMatch(/^\/bytes\/[0-9a-f]{2}\/[0-9a-f-]{36}$/);
    for (const key of KEYS) await remove(key);
    expect(await storedFiles(test)).toEqual([]);
  });

  it('of any unicode comes back', async () => {
    const anyKey = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }).filter((key) => Buffer.byteLength(key) <= 1_024 && key.isWellFormed());
    await fc.assert(
      fc.asyncProperty(anyKey, async (key) => {
        await put(key, key);
        expect(await text(key)).toBe(key);
        await remove(key);
      }),
      { numRuns: 60 },
    );
  });

  it('of more than 1,024 bytes is too long, also if it is shorter in letters', async () => {
    await expectRefusal(put('x'.repeat(1_025), 'x'), 'KeyTooLongError', 400);
    await expectRefusal(put('é'.repeat(513), 'x'), 'KeyTooLongError', 400);
    await expect(put('é'.repeat(512), 'x')).resolves.toBeDefined();
  });

  it('that is not UTF-8 is refused', async () => {
    expect(await raw(test, '/plain/%ff%fe', { method: 'PUT', body: 'x' })).toMatchObject({ status: 400, code: 'InvalidURI' });
    expect(await raw(test, '/plain/%zz', { method: 'PUT', body: 'x' })).toMatchObject({ status: 400, code: 'InvalidURI' });
  });

  it('is not tidied on the way: dots that nobody encoded are a part of it', async () => {
    await raw(test, '/plain/a/../../../etc/passwd', { method: 'PUT', body: 'dots' });
    expect(await text('a/../../../etc/passwd')).toBe('dots');
  });
});
