import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Objects } from '../../lib/ports.ts';

let server: Server;
let objects: Objects;
let folder: string;
let answers: ((request: IncomingMessage, response: ServerResponse) => Promise<unknown> | unknown)[] = [];
let asked = 0;

/** S3 as it is on a bad day: each request gets the next answer. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mauvais-jour-'));
  process.env['TMPDIR'] = folder;
  server = createServer((request, response) => {
    asked += 1;
    void (answers.shift() ?? refuse(500))(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server without a port');
  Object.assign(process.env, { AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${address.port}`, AWS_REGION: 'eu-west-3', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  objects = (await import('../../lib/adapters/s3/objects.ts')).s3Objects('seau');
});
afterEach(() => {
  answers = [];
  asked = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

const cut = ({ socket }: IncomingMessage) => socket.destroy();
const refuse = (status: number) => async (request: IncomingMessage, response: ServerResponse) => {
  await buffer(request);
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${status === 503 ? 'SlowDown' : 'Refused'}</Code></Error>`);
};
const truncate = ({ socket }: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('the beginning', () => socket.destroy());
};

/** The content that arrived, unpacked; the checksum that the SDK appends to a stream is left out. */
function keep(into: string[]) {
  return async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    const start = body.indexOf(Buffer.from([0x1f, 0x8b]));
    const size = Number(request.headers['x-amz-decoded-content-length'] ?? body.length);
    into.push(gunzipSync(body.subarray(start, start + size)).toString('utf8'));
    response.end();
  };
}

describe('an object that breaks off while it is fetched', () => {
  it('is an error, never a shorter object, and leaves no file', async () => {
    answers = [truncate];
    await expect(objects.spool({ key: 'a' })).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['whose connection is cut before the answer', cut],
    ['that is answered with an error of S3', refuse(500)],
    ['that S3 is too busy for', refuse(503)],
  ])('%s is fetched again', async (_how, fault) => {
    answers = [fault, (_request, response) => response.end('whole')];
    const file = await objects.spool({ key: 'a' });
    expect(file?.bytes).toBe(5);
    await file?.remove();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('lines that cannot be stored at once', () => {
  it.each([
    ['because the connection is cut', cut],
    ['because of an error of S3', refuse(500)],
    ['because S3 is too busy', refuse(503)],
  ])('%s are sent again, whole', async (_why, fault) => {
    const stored: string[] = [];
    answers = [fault, fault, keep(stored)];
    await objects.putLines('a', ['un\n', 'deux\n']);
    expect(stored).toEqual(['un\ndeux\n']);
    expect(await readdir(folder)).toEqual([]);
  });

  it('because S3 refuses them are an error at once, and leave no file', async () => {
    answers = [refuse(403)];
    await expect(objects.putLines('a', ['un\n'])).rejects.toThrow();
    expect(asked).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('because S3 never does are an error in the end', async () => {
    await expect(objects.putLines('a', ['un\n'])).rejects.toThrow();
    expect(asked).toBeGreaterThan(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('because whoever makes them fails are an error, and nothing is sent', async () => {
    const failing = function* () {
      yield 'un\n';
      throw new Error('no more lines');
    };
    await expect(objects.putLines('a', failing())).rejects.toThrow('no more lines');
    expect(asked).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });
});
