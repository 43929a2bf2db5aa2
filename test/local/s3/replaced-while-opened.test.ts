import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../../../lib/local/s3/catalogue.ts';
import { getObject } from '../../../lib/local/s3/get-object.ts';
import type { ObjectBytes } from '../../../lib/local/s3/object-bytes.ts';
import { readRequest } from '../../../lib/local/s3/s3-request.ts';

describe('an object whose bytes go between the look and the opening', () => {
  const bucket = { name: 'plain', versioning: undefined, tlsOnly: false, created: new Date() };
  const object = (bytesId: string) => ({ key: 'x', bytesId, size: 3, eTag: bytesId, attributes: { headers: {}, metadata: {}, tags: [] } });
  const gone = () => Promise.reject(new Error('ENOENT'));
  const setting = (read: ObjectBytes['read']) => {
    const catalogue = openCatalogue(':memory:');
    catalogue.versions.put(bucket, object('old'), new Date());
    const bytes: ObjectBytes = { read, write: gone, remove: gone, sweep: gone };
    return { region: 'eu-west-1', url: '', catalogue, bytes, created: gone };
  };
  const request = () => {
    const incoming = new IncomingMessage(new Socket());
    return readRequest(Object.assign(incoming, { url: '/plain/x', method: 'GET', headers: { host: 'localhost' } }));
  };

  it('is read as it is now', async () => {
    const context = setting(async (bytesId) => {
      if (bytesId === 'new') return Readable.from(['new']);
      context.catalogue.versions.put(bucket, object('new'), new Date());
      return gone();
    });
    const answer = await getObject(context, request(), bucket, 'x');
    expect(answer.headers['etag']).toBe('"new"');
  });

  it('is a defect where nothing replaced it, and not asked for again and again', async () => {
    await expect(getObject(setting(gone), request(), bucket, 'x')).rejects.toThrow('ENOENT');
  });
});
