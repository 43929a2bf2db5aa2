import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client, expectRefusal, KEPT, PLAIN, raw, startTestServer, storedFiles, type TestServer } from './test-server.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.end());

const FIVE_MB = Buffer.alloc(5 * 1024 * 1024, 'a');
const TAIL = Buffer.from('tail');

const create = async (Key: string, more: Partial<CreateMultipartUploadCommand['input']> = {}) =>
  (await test.s3.send(new CreateMultipartUploadCommand({ Bucket: PLAIN, Key, ...more }))).UploadId ?? '';
const upload = (Key: string, UploadId: string, PartNumber: number, Body: Uint8Array, more: Partial<UploadPartCommand['input']> = {}) =>
  test.s3.send(new UploadPartCommand({ Bucket: PLAIN, Key, UploadId, PartNumber, Body, ...more }));
const complete = (Key: string, UploadId: string, Parts: CompletedPart[], more: Partial<CompleteMultipartUploadCommand['input']> = {}) =>
  test.s3.send(new CompleteMultipartUploadCommand({ Bucket: PLAIN, Key, UploadId, MultipartUpload: { Parts }, ...more }));
const get = async (Key: string) => (await test.s3.send(new GetObjectCommand({ Bucket: PLAIN, Key }))).Body?.transformToByteArray();
const md5 = (data: Uint8Array) => createHash('md5').update(data).digest();

describe('a multipart upload', () => {
  it('becomes one object of the parts that are named, in their order', async () => {
    const id = await create('whole', { ContentType: 'text/plain', Metadata: { a: 'b' } });
    const tail = await upload('whole', id, 7, TAIL);
    const head = await upload('whole', id, 2, FIVE_MB);
    await upload('whole', id, 5, Buffer.from('not named'));
    const before = test.events.length;
    const { ETag } = await complete('whole', id, [
      { PartNumber: 2, ETag: head.ETag },
      { PartNumber: 7, ETag: tail.ETag },
    ]);
    expect(ETag).toBe(`"${createHash('md5').update(md5(FIVE_MB)).update(md5(TAIL)).digest('hex')}-2"`);
    expect(Buffer.concat([FIVE_MB, TAIL]).equals(await get('whole').then((bytes) => bytes ?? Buffer.of()))).toBe(true);
    expect(await test.s3.send(new HeadObjectCommand({ Bucket: PLAIN, Key: 'whole' }))).toMatchObject({
      ContentType: 'text/plain',
      Metadata: { a: 'b' },
      ContentLength: FIVE_MB.length + 4,
    });
    expect(test.events.slice(before)).toMatchObject([{ eventName: 'ObjectCreated:CompleteMultipartUpload', key: 'whole', size: FIVE_MB.length + 4 }]);
    await expectRefusal(upload('whole', id, 1, TAIL), 'NoSuchUpload', 404);
  });

  it('leaves nothing of its parts on disk, completed or aborted', async () => {
    const before = (await storedFiles(test)).length;
    const [done, dropped] = [await create('done'), await create('dropped')];
    const { ETag } = await upload('done', done, 1, TAIL);
    await upload('dropped', dropped, 1, TAIL);
    await upload('dropped', dropped, 1, Buffer.from('again'));
    await complete('done', done, [{ PartNumber: 1, ETag }]);
    await test.s3.send(new AbortMultipartUploadCommand({ Bucket: PLAIN, Key: 'dropped', UploadId: dropped }));
    expect((await storedFiles(test)).length).toBe(before + 1);
    await expectRefusal(test.s3.send(new AbortMultipartUploadCommand({ Bucket: PLAIN, Key: 'dropped', UploadId: dropped })), 'NoSuchUpload', 404);
    await expectRefusal(get('dropped'), 'NoSuchKey', 404);
  });

  it('is not visible before it is complete, and outlives a restart', async () => {
    const id = await create('resumed');
    const { ETag } = await upload('resumed', id, 1, TAIL);
    await expectRefusal(get('resumed'), 'NoSuchKey', 404);
    test = await test.restart();
    await complete('resumed', id, [{ PartNumber: 1, ETag }]);
    expect(Buffer.from((await get('resumed')) ?? []).toString()).toBe('tail');
  });

  it('is completed once by two who do it at once', async () => {
    const id = await create('twice');
    const { ETag } = await upload('twice', id, 1, TAIL);
    const before = (await storedFiles(test)).length;
    const results = await Promise.allSettled([complete('twice', id, [{ PartNumber: 1, ETag }]), complete('twice', id, [{ PartNumber: 1, ETag }])]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await storedFiles(test)).length).toBe(before);
  });

  it('is a version like any other where the bucket keeps versions', async () => {
    const { UploadId } = await test.s3.send(new CreateMultipartUploadCommand({ Bucket: KEPT, Key: 'v' }));
    const { ETag } = await test.s3.send(new UploadPartCommand({ Bucket: KEPT, Key: 'v', UploadId, PartNumber: 1, Body: TAIL }));
    const done = await test.s3.send(new CompleteMultipartUploadCommand({ Bucket: KEPT, Key: 'v', UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }));
    expect(done.VersionId).toMatch(/^[\w.]{32}$/);
  });
});

describe('the end of a multipart upload', () => {
  it('refuses parts out of order, unknown, changed or too small, and can then still be done right', async () => {
    const id = await create('checked');
    const [one, two] = [await upload('checked', id, 1, TAIL), await upload('checked', id, 2, TAIL)];
    await expectRefusal(
      complete('checked', id, [
        { PartNumber: 2, ETag: two.ETag },
        { PartNumber: 1, ETag: one.ETag },
      ]),
      'InvalidPartOrder',
      400,
    );
    await expectRefusal(complete('checked', id, [{ PartNumber: 3, ETag: one.ETag }]), 'InvalidPart', 400);
    await expectRefusal(complete('checked', id, [{ PartNumber: 1, ETag: '"0"' }]), 'InvalidPart', 400);
    await expectRefusal(
      complete('checked', id, [
        { PartNumber: 1, ETag: one.ETag },
        { PartNumber: 2, ETag: two.ETag },
      ]),
      'EntityTooSmall',
      400,
    );
    await expectRefusal(complete('checked', id, []), 'MalformedXML', 400);
    await expect(complete('checked', id, [{ PartNumber: 2, ETag: two.ETag }])).resolves.toBeDefined();
  });

  it.each(['', '<a>', '<CompleteMultipartUpload/>', '<!DOCTYPE x><CompleteMultipartUpload/>', '<Other><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part></Other>', '{}'])(
    'refuses the body %j',
    async (body) => {
      const id = await create('malformed');
      expect(await raw(test, `/plain/malformed?uploadId=${id}`, { method: 'POST', body })).toMatchObject({ status: 400, code: 'MalformedXML' });
    },
  );
});

describe('checksums of a multipart upload', () => {
  it('are made of the checksums of the parts', async () => {
    const id = await create('composite', { ChecksumAlgorithm: 'SHA256' });
    const part = await upload('composite', id, 1, TAIL, { ChecksumAlgorithm: 'SHA256' });
    const { ChecksumSHA256, ChecksumType } = await complete('composite', id, [{ PartNumber: 1, ETag: part.ETag, ChecksumSHA256: part.ChecksumSHA256 }]);
    const inner = createHash('sha256').update(TAIL).digest();
    expect([ChecksumSHA256, ChecksumType]).toEqual([`${createHash('sha256').update(inner).digest('base64')}-1`, 'COMPOSITE']);
    await expect(get('composite')).resolves.toBeDefined();
  });

  it('are those of the whole object where that was asked for, and checked', async () => {
    const id = await create('full', { ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'FULL_OBJECT' });
    const part = await upload('full', id, 1, Buffer.from('123456789'), { ChecksumAlgorithm: 'CRC64NVME' });
    const parts = [{ PartNumber: 1, ETag: part.ETag }];
    await expectRefusal(complete('full', id, parts, { ChecksumCRC64NVME: 'AAAAAAAAAAA=' }), 'BadDigest', 400);
    const done = await complete('full', id, parts, { ChecksumCRC64NVME: 'rosUhgp5mIg=', ChecksumType: 'FULL_OBJECT' });
    expect([done.ChecksumCRC64NVME, done.ChecksumType]).toEqual(['rosUhgp5mIg=', 'FULL_OBJECT']);
  });

  it('of a part must be of the kind of the upload', async () => {
    const id = await create('mixed', { ChecksumAlgorithm: 'SHA1' });
    await expectRefusal(upload('mixed', id, 1, TAIL, { ChecksumAlgorithm: 'CRC32' }), 'InvalidRequest', 400);
  });

  it('must be said again at the end where they make up the whole', async () => {
    const id = await create('silent', { ChecksumAlgorithm: 'SHA1' });
    const part = await upload('silent', id, 1, TAIL, { ChecksumAlgorithm: 'SHA1' });
    await expectRefusal(complete('silent', id, [{ PartNumber: 1, ETag: part.ETag }]), 'InvalidRequest', 400);
    await expectRefusal(complete('silent', id, [{ PartNumber: 1, ETag: part.ETag, ChecksumSHA1: 'AAAA' }]), 'InvalidPart', 400);
  });

  it('are not there for a client that sends none', async () => {
    const plain = client(test.server.url, { requestChecksumCalculation: 'WHEN_REQUIRED' });
    const { UploadId } = await plain.send(new CreateMultipartUploadCommand({ Bucket: PLAIN, Key: 'none' }));
    const { ETag } = await plain.send(new UploadPartCommand({ Bucket: PLAIN, Key: 'none', UploadId, PartNumber: 1, Body: TAIL }));
    await plain.send(new CompleteMultipartUploadCommand({ Bucket: PLAIN, Key: 'none', UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }));
    expect(Object.keys((await raw(test, '/plain/none', { headers: { 'x-amz-checksum-mode': 'ENABLED' } })).headers).filter((name) => name.startsWith('x-amz-checksum'))).toEqual(
      [],
    );
    plain.destroy();
  });
});

describe('the parts', () => {
  it('are listed by number, in pages', async () => {
    const id = await create('parts');
    for (const number of [3, 1, 2]) await upload('parts', id, number, Buffer.alloc(number));
    const list = (more: object) => test.s3.send(new ListPartsCommand({ Bucket: PLAIN, Key: 'parts', UploadId: id, ...more }));
    const first = await list({ MaxParts: 2 });
    expect([first.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size]), first.IsTruncated]).toEqual([
      [
        [1, 1],
        [2, 2],
      ],
      true,
    ]);
    const second = await list({ PartNumberMarker: first.NextPartNumberMarker });
    expect([second.Parts?.map(({ PartNumber }) => PartNumber), second.IsTruncated]).toEqual([[3], false]);
  });

  it.each([0, 10_001])('have no number %i', async (number) => {
    const id = await create('numbered');
    await expectRefusal(upload('numbered', id, number, TAIL), 'InvalidArgument', 400);
  });

  it('belong to the key and bucket of their upload', async () => {
    const id = await create('own');
    await expectRefusal(upload('other', id, 1, TAIL), 'NoSuchUpload', 404);
    await expectRefusal(test.s3.send(new UploadPartCommand({ Bucket: KEPT, Key: 'own', UploadId: id, PartNumber: 1, Body: TAIL })), 'NoSuchUpload', 404);
  });

  it('are refused, and gone, where the upload ended while they came in', async () => {
    const id = await create('late');
    const before = (await storedFiles(test)).length;
    const socket = connect(Number(new URL(test.server.url).port), '127.0.0.1');
    socket.write(`PUT /plain/late?partNumber=1&uploadId=${id} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n\r\nhalf`);
    while ((await storedFiles(test)).length === before) await new Promise((resolve) => setTimeout(resolve, 5));
    await test.s3.send(new AbortMultipartUploadCommand({ Bucket: PLAIN, Key: 'late', UploadId: id }));
    socket.write('half');
    const [answer] = await once(socket, 'data');
    socket.destroy();
    expect(String(answer)).toMatch(/^HTTP\/1.1 404 [\s\S]*NoSuchUpload/);
    expect((await storedFiles(test)).length).toBe(before);
  });

  it('may be pieces of an object there is', async () => {
    await test.s3.send(new PutObjectCommand({ Bucket: PLAIN, Key: 'source', Body: '0123456789' }));
    const id = await create('pieces');
    const copy = (CopySourceRange?: string) =>
      test.s3.send(new UploadPartCopyCommand({ Bucket: PLAIN, Key: 'pieces', UploadId: id, PartNumber: 1, CopySource: `${PLAIN}/source`, CopySourceRange }));
    await expectRefusal(copy('bytes=5-10'), 'InvalidArgument', 400);
    await expectRefusal(copy('bytes=5-'), 'InvalidArgument', 400);
    const { CopyPartResult } = await copy('bytes=3-5');
    await complete('pieces', id, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
    expect(Buffer.from((await get('pieces')) ?? []).toString()).toBe('345');
  });
});
