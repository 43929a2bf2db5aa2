import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type S3Server, startS3Server } from '../../lib/local/s3/s3-server.ts';
import type { Objects } from '../../lib/ports.ts';
import { objectsContract } from '../fakes/contracts/objects-contract.ts';
import { type ObjectsInMemory, objectsInMemory } from '../fakes/objects-in-memory.ts';

const REGION = 'eu-west-3';
let dataDir: string;
let server: S3Server;
let s3: S3Client;
let adapter: (bucket: string) => Objects;
let count = 0;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 's3-'));
  // A temporary folder of our own: in the common one others come and go.
  process.env['TMPDIR'] = await mkdtemp(join(dataDir, 'temporary-'));
  server = await startS3Server({ dataDir, region: REGION });
  Object.assign(process.env, { AWS_ENDPOINT_URL_S3: server.url, AWS_REGION: REGION, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  s3 = new S3Client();
  adapter = (await import('../../lib/adapters/s3/objects.ts')).s3Objects;
});
afterAll(async () => {
  s3.destroy();
  await server.stop();
  await rm(dataDir, { recursive: true });
});

/** The bucket of each store, to take objects away behind its back. */
const buckets = new Map<Objects, string>();

async function inBucket(): Promise<Objects> {
  count += 1;
  await server.createBucket(`bucket-${count}`, { versioned: true });
  const objects = adapter(`bucket-${count}`);
  buckets.set(objects, `bucket-${count}`);
  return objects;
}

describe('objects in a bucket', () => {
  objectsContract(inBucket, async (objects, { key, versionId }) => {
    await s3.send(new DeleteObjectCommand({ Bucket: buckets.get(objects), Key: key, VersionId: versionId }));
  });

  it('of which the newest version is a mark of deletion are gone by their key, and there by their version', async () => {
    const objects = await inBucket();
    const object = await objects.put('a', 'x', 'text/plain');
    await s3.send(new DeleteObjectCommand({ Bucket: buckets.get(objects), Key: 'a' }));
    expect(await objects.spool({ key: 'a' })).toBeUndefined();
    const file = await objects.spool(object);
    expect(file?.bytes).toBe(1);
    await file?.remove();
  });

  it('of a bucket that is not there are no absence but an error', async () => {
    await expect(adapter('nobodys-bucket').spool({ key: 'a' })).rejects.toThrow();
  });

  it('leave nothing in the temporary folder, not even where they cannot be stored', async () => {
    await expect(adapter('nobodys-bucket').putLines('a', ['x\n'])).rejects.toThrow();
    const objects = await inBucket();
    await objects.putLines('a', ['x\n']);
    const file = await objects.spool({ key: 'a' });
    expect(await readdir(tmpdir())).toHaveLength(1);
    await file?.remove();
    expect(await readdir(tmpdir())).toEqual([]);
  });
});

describe('objects in memory', () => {
  const stores = new Map<Objects, ObjectsInMemory>();
  objectsContract(
    async () => {
      const objects = objectsInMemory();
      stores.set(objects, objects);
      return objects;
    },
    async (objects, object) => stores.get(objects)?.remove(object),
  );
});
