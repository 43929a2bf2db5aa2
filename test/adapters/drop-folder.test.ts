import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type S3Server, startS3Server } from '../../lib/local/s3/s3-server.ts';
import type { DropFolder, DroppedVersion } from '../../lib/ports.ts';

const REGION = 'eu-west-3';
const BUCKET = 'bucket';
let dataDir: string;
let server: S3Server;
let s3: S3Client;
let folderOf: (bucket: string, prefix: string) => DropFolder;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 's3-'));
  server = await startS3Server({ dataDir, region: REGION });
  Object.assign(process.env, { AWS_ENDPOINT_URL_S3: server.url, AWS_REGION: REGION, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  s3 = new S3Client();
  await server.createBucket(BUCKET, { versioned: true });
  folderOf = (await import('../../lib/adapters/s3/drop-folder.ts')).s3DropFolder;
});
afterAll(async () => {
  s3.destroy();
  await server.stop();
  await rm(dataDir, { recursive: true });
});

const put = (Key: string, Body = 'x') => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));

async function pagesOf(prefix: string): Promise<readonly (readonly DroppedVersion[])[]> {
  const pages: (readonly DroppedVersion[])[] = [];
  for await (const page of folderOf(BUCKET, prefix).versions()) pages.push(page);
  return pages;
}

describe('the drop folder of a bucket', () => {
  it('is empty where nothing was dropped', async () => {
    expect(await pagesOf('nobodys/')).toEqual([[]]);
  });

  it('holds every version of each object, with its size and the second it came in, and nothing beside it', async () => {
    const before = Date.now();
    await put('autre/a');
    const [first, second] = [await put('depot/a'), await put('depot/a', 'xyz')];
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'depot/a' }));
    const [versions = []] = await pagesOf('depot/');
    expect(versions).toMatchObject([
      { key: 'depot/a', versionId: second.VersionId, bytes: 3 },
      { key: 'depot/a', versionId: first.VersionId, bytes: 1 },
    ]);
    for (const { arrivedAt } of versions) {
      expect(arrivedAt).toBeGreaterThanOrEqual(before - 1_000);
      expect(arrivedAt).toBeLessThanOrEqual(Date.now());
    }
  });

  it.each(['relevé du 2 mars 🧾.csv', '100%+2.csv', '100%25.csv', 'a+b c.csv', "l'été (1)*.csv", 'saut\nde ligne\u0001.csv'])('knows the key %j', async (name) => {
    const { VersionId } = await put(`noms/${name}`);
    const [versions = []] = await pagesOf('noms/');
    expect(versions.find(({ versionId }) => versionId === VersionId)?.key).toBe(`noms/${name}`);
  });

  it('is read to its end', async () => {
    const keys = Array.from({ length: 1_003 }, (_, index) => `pages/é ${String(index).padStart(4, '0')}`);
    for (let from = 0; from < keys.length; from += 50) await Promise.all(keys.slice(from, from + 50).map((key) => put(key)));
    await put(keys[999] ?? '');
    const pages = await pagesOf('pages/');
    expect(pages.map(({ length }) => length)).toEqual([1_000, 4]);
    expect(pages.flat().map(({ key }) => key)).toEqual([...keys.slice(0, 1_000), keys[999], ...keys.slice(1_000)]);
  });
});
