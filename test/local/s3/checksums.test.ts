import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type ChecksumAlgorithm, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runningChecksum } from '../../../lib/local/s3/checksum.ts';
import { PLAIN, raw, startTestServer, storedFiles, type TestServer } from './test-server.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.end());

/** The check values that the catalogue of CRCs and the standards give for "123456789". */
const DIGITS = {
  CRC32: 'cbf43926',
  CRC32C: 'e3069283',
  CRC64NVME: 'ae8b14860a799888',
  SHA1: 'f7c3bc1d808e04732adf679965ccc34ca7ae3441',
  SHA256: '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225',
} as const;
const algorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');

describe('a checksum', () => {
  it.each(algorithms)('%s of 123456789 is what its standard says, in one piece or in two', (algorithm) => {
    const [whole, pieces] = [runningChecksum(algorithm), runningChecksum(algorithm)];
    whole.update(Buffer.from('123456789'));
    pieces.update(Buffer.from('1234'));
    pieces.update(Buffer.from('56789'));
    expect([whole.digest().toString('hex'), pieces.digest().toString('hex')]).toEqual([DIGITS[algorithm], DIGITS[algorithm]]);
  });

  it.each(algorithms)('%s that the client sends is checked, kept and given back', async (algorithm) => {
    const header = `x-amz-checksum-${algorithm.toLowerCase()}`;
    const sent = await raw(test, `/plain/${algorithm}`, { method: 'PUT', body: '123456789', headers: { [header]: base64(DIGITS[algorithm]) } });
    expect([sent.status, sent.headers[header], sent.headers['x-amz-checksum-type']]).toEqual([200, base64(DIGITS[algorithm]), 'FULL_OBJECT']);
    const read = await raw(test, `/plain/${algorithm}`, { headers: { 'x-amz-checksum-mode': 'ENABLED' } });
    expect(read.headers[header]).toBe(base64(DIGITS[algorithm]));
    expect((await raw(test, `/plain/${algorithm}`)).headers[header]).toBeUndefined();
    const before = (await storedFiles(test)).length;
    expect(await raw(test, `/plain/${algorithm}`, { method: 'PUT', body: '12345678X', headers: { [header]: base64(DIGITS[algorithm]) } })).toMatchObject({
      status: 400,
      code: 'BadDigest',
    });
    expect((await raw(test, `/plain/${algorithm}`)).body).toBe('123456789');
    expect((await storedFiles(test)).length).toBe(before);
  });

  it.each<ChecksumAlgorithm>(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'])('%s that the SDK sends behind a stream is checked and given back', async (ChecksumAlgorithm) => {
    const Body = Readable.from([Buffer.from('12345'), Buffer.from('6789')]);
    await test.s3.send(new PutObjectCommand({ Bucket: PLAIN, Key: 'streamed', Body, ContentLength: 9, ChecksumAlgorithm }));
    const head = await test.s3.send(new HeadObjectCommand({ Bucket: PLAIN, Key: 'streamed', ChecksumMode: 'ENABLED' }));
    expect(Object.values(head)).toContain(base64(Object.entries(DIGITS).find(([name]) => name === ChecksumAlgorithm)?.[1] ?? ''));
    const found = await test.s3.send(new GetObjectCommand({ Bucket: PLAIN, Key: 'streamed', ChecksumMode: 'ENABLED' }));
    expect(await found.Body?.transformToString()).toBe('123456789');
  });

  it('of a kind that is not known here is refused', async () => {
    expect(await raw(test, '/plain/x', { method: 'PUT', body: 'x', headers: { 'x-amz-checksum-xxhash64': 'AAAA' } })).toMatchObject({ status: 501, code: 'NotImplemented' });
  });

  it.each(['not base64', 'AAAA', 'AAAAAA'])('that cannot be one is refused: %s', async (value) => {
    expect(await raw(test, '/plain/x', { method: 'PUT', body: 'x', headers: { 'x-amz-checksum-crc32': value } })).toMatchObject({ status: 400, code: 'InvalidRequest' });
  });

  it('comes alone', async () => {
    const headers = { 'x-amz-checksum-crc32': base64(DIGITS.CRC32), 'x-amz-checksum-sha1': base64(DIGITS.SHA1) };
    expect(await raw(test, '/plain/x', { method: 'PUT', body: '123456789', headers })).toMatchObject({ status: 400, code: 'InvalidRequest' });
  });
});

describe('Content-MD5', () => {
  it.each([
    ['of the body', hash('md5', 'contenu', 'base64'), undefined],
    ['of another body', 'CY9rzUYh03PK3k6DJie09g==', 'BadDigest'],
    ['that is no MD5', 'abc', 'InvalidDigest'],
  ])('%s', async (_what, md5, code) => {
    expect((await raw(test, '/plain/md5', { method: 'PUT', body: 'contenu', headers: { 'content-md5': md5 } })).code).toBe(code);
  });
});

describe('x-amz-content-sha256', () => {
  it('is checked where it is a hash', async () => {
    const headers = { 'x-amz-content-sha256': DIGITS.SHA256 };
    expect((await raw(test, '/plain/sha', { method: 'PUT', body: '123456789', headers })).status).toBe(200);
    expect(await raw(test, '/plain/sha', { method: 'PUT', body: '12345678X', headers })).toMatchObject({ status: 400, code: 'XAmzContentSHA256Mismatch' });
    expect((await raw(test, '/plain/sha', { method: 'PUT', body: 'x', headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } })).status).toBe(200);
  });
});

describe('a body in aws-chunked frames', () => {
  const SIGNATURE = `;chunk-signature=${'0'.repeat(64)}`;
  const trailer = (value: string) => `x-amz-checksum-crc32:${value}\r\n`;
  const crc = (text: string) => base64(crc32(text).toString(16).padStart(8, '0'));
  const send = (body: string, decoded: number, more: Record<string, string> = {}) =>
    raw(test, '/plain/chunked', {
      method: 'PUT',
      body,
      headers: { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': String(decoded), ...more },
    });
  const withTrailer = { 'x-amz-trailer': 'x-amz-checksum-crc32' };

  it('is stored without them, its trailing checksum checked', async () => {
    expect((await send(`5\r\nabcde\r\n3\r\nfgh\r\n0\r\n${trailer(crc('abcdefgh'))}\r\n`, 8, withTrailer)).status).toBe(200);
    const { body, headers } = await raw(test, '/plain/chunked');
    expect([body, headers['content-encoding']]).toEqual(['abcdefgh', undefined]);
    expect(await send(`3\r\nabc\r\n0\r\n${trailer(crc('other'))}\r\n`, 3, withTrailer)).toMatchObject({ status: 400, code: 'BadDigest' });
    expect((await raw(test, '/plain/chunked')).body).toBe('abcdefgh');
  });

  it('may be signed chunk by chunk', async () => {
    const signed = { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'content-encoding': 'gzip,aws-chunked' };
    expect((await send(`4${SIGNATURE}\r\nwxyz\r\n0${SIGNATURE}\r\n\r\n`, 4, signed)).status).toBe(200);
    const { body, headers } = await raw(test, '/plain/chunked');
    expect([body, headers['content-encoding']]).toEqual(['wxyz', 'gzip']);
  });

  it.each([
    ['a trailer that was promised and did not come', '3\r\nabc\r\n0\r\n\r\n', 3, 'MalformedTrailerError'],
    ['no last chunk', '3\r\nabc\r\n', 3, 'IncompleteBody'],
    ['no end of the trailers', `3\r\nabc\r\n0\r\n${trailer(crc('abc'))}`, 3, 'IncompleteBody'],
    ['a size that is none', 'zz\r\nabc\r\n0\r\n\r\n', 3, 'InvalidRequest'],
    ['a chunk longer than its size', '2\r\nabc\r\n0\r\n\r\n', 3, 'InvalidRequest'],
    ['more than was announced', `4\r\nabcd\r\n0\r\n${trailer(crc('abcd'))}\r\n`, 3, 'IncompleteBody'],
    ['less than was announced', `2\r\nab\r\n0\r\n${trailer(crc('ab'))}\r\n`, 3, 'IncompleteBody'],
    ['bytes behind the end', `3\r\nabc\r\n0\r\n${trailer(crc('abc'))}\r\nmore`, 3, 'InvalidRequest'],
    ['a header without end', 'f'.repeat(10_000), 3, 'InvalidRequest'],
  ])('is refused with %s, and nothing is kept', async (_what, body, decoded, code) => {
    const before = await storedFiles(test);
    expect(await send(body, decoded, withTrailer)).toMatchObject({ status: 400, code });
    expect(await storedFiles(test)).toEqual(before);
  });

  it('needs the length of what is in it', async () => {
    expect(await send('0\r\n\r\n', 0, { 'x-amz-decoded-content-length': '' })).toMatchObject({ status: 411, code: 'MissingContentLength' });
  });
});
