import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, PLAIN, raw, startTestServer, storedFiles, type TestServer } from './test-server.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.end());

type Condition = Readonly<Record<string, string>> | readonly (string | number)[];

interface Form {
  readonly fields?: Readonly<Record<string, string>>;
  readonly conditions?: readonly Condition[];
  readonly expiration?: string;
  readonly file?: string;
  readonly fileName?: string;
  readonly bucket?: string;
}

const SIGNATURE = { 'x-amz-algorithm': 'AWS4-HMAC-SHA256', 'x-amz-credential': 'x/20260101/eu-west-1/s3/aws4_request', 'x-amz-date': '20260101T000000Z' };
const KEY = 'depot/operateurs/OMCI/releve.csv';

/** A form as a browser sends it: fields, policy, file at the end. By default its policy allows exactly its fields. */
async function post({
  fields = { key: KEY },
  conditions,
  expiration = new Date(Date.now() + 60_000).toISOString(),
  file = 'contenu',
  fileName = 'releve.csv',
  bucket = PLAIN,
}: Form = {}) {
  const signed = { ...fields, ...SIGNATURE };
  const exact = Object.entries(signed).map(([name, value]) => ({ [name]: value }));
  const policy = {
    expiration,
    conditions: [...(conditions ?? exact), { bucket: PLAIN }, ...(conditions === undefined ? [] : Object.entries(SIGNATURE).map(([name, value]) => ({ [name]: value })))],
  };
  const form = new FormData();
  for (const [name, value] of Object.entries(signed)) form.append(name, value);
  form.append('policy', Buffer.from(JSON.stringify(policy)).toString('base64'));
  form.append('x-amz-signature', 'f'.repeat(64));
  form.append('file', new Blob([file]), fileName);
  const response = await fetch(`${test.server.url}/${bucket}`, { method: 'POST', body: form, redirect: 'manual' });
  const body = await response.text();
  return { status: response.status, headers: response.headers, body, code: /<Code>(.*?)<\/Code>/.exec(body)?.[1], message: /<Message>(.*?)<\/Message>/.exec(body)?.[1] };
}

const text = async (Key: string) => (await test.s3.send(new GetObjectCommand({ Bucket: PLAIN, Key }))).Body?.transformToString();

describe('a form with a policy', () => {
  it('uploads a file, and the upload is told of as a POST', async () => {
    const before = test.events.length;
    expect((await post({ fields: { key: KEY, 'Content-Type': 'text/csv', 'x-amz-meta-owner': 'awa' } })).status).toBe(204);
    expect(await text(KEY)).toBe('contenu');
    expect(await test.s3.send(new HeadObjectCommand({ Bucket: PLAIN, Key: KEY }))).toMatchObject({ ContentType: 'text/csv', Metadata: { owner: 'awa' } });
    expect(test.events.slice(before)).toMatchObject([{ eventName: 'ObjectCreated:Post', bucket: PLAIN, key: KEY, size: 7 }]);
  });

  it('puts the name of the file into the key, without its folders', async () => {
    const form = (fileName: string) => post({ fields: { key: `user/$\{filename}` }, conditions: [['starts-with', '$key', 'user/']], fileName });
    expect((await form('relevé août.csv')).status).toBe(204);
    expect(await text('user/relevé août.csv')).toBe('contenu');
    expect((await form('C:\\Users\\awa\\r.csv')).status).toBe(204);
    expect(await text('user/r.csv')).toBe('contenu');
  });

  it('gets the answer that it asks for', async () => {
    const answer = (status: string) => post({ fields: { key: KEY, success_action_status: status } });
    expect((await answer('200')).status).toBe(200);
    expect((await answer('999')).status).toBe(204);
    const created = await answer('201');
    expect([created.status, created.body]).toEqual([201, expect.stringContaining('<PostResponse')]);
    expect(created.body).toContain(`<Key>${KEY}</Key>`);
    const redirected = await post({ fields: { key: KEY, success_action_redirect: 'http://localhost:1/fini?a=b' } });
    expect([redirected.status, redirected.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/^http:\/\/localhost:1\/fini\?a=b&bucket=plain&key=depot.*&etag=%22[0-9a-f]{32}%22$/),
    ]);
  });
});

describe('the policy of a form', () => {
  const refused = async (form: Form, code: string, message?: RegExp) => {
    const before = await storedFiles(test);
    const answer = await post(form);
    expect(answer.code).toBe(code);
    if (message !== undefined) expect(answer.message).toMatch(message);
    expect(await storedFiles(test)).toEqual(before);
    return answer.status;
  };

  it('ends', async () => {
    expect(await refused({ expiration: new Date(Date.now() - 1_000).toISOString() }, 'AccessDenied', /Policy expired/)).toBe(403);
  });

  it('says how long the file may be, both ends included', async () => {
    const form = (file: string) => ({ conditions: [{ key: KEY }, ['content-length-range', 3, 5]], file }) satisfies Form;
    expect((await post(form('abc'))).status).toBe(204);
    expect((await post(form('abcde'))).status).toBe(204);
    expect(await refused(form('ab'), 'EntityTooSmall')).toBe(400);
    expect(await refused(form('abcdef'), 'EntityTooLarge')).toBe(400);
    expect(await refused(form('x'.repeat(3_000_000)), 'EntityTooLarge')).toBe(400);
  });

  it.each<[string, Condition[]]>([
    ['another key', [{ key: 'other' }]],
    ['another key, the long way', [['eq', '$key', 'other']]],
    ['another beginning', [['starts-with', '$key', 'depot/cinetpay/']]],
    ['a field that is not there', [{ key: KEY }, { acl: 'private' }]],
  ])('holds: %s', async (_what, conditions) => {
    expect(await refused({ conditions }, 'AccessDenied', /Policy Condition failed/)).toBe(403);
  });

  it('covers every field', async () => {
    const fields = { key: KEY, 'x-amz-meta-owner': 'awa' };
    expect(await refused({ fields, conditions: [{ key: KEY }] }, 'AccessDenied', /Extra input fields: x-amz-meta-owner/)).toBe(403);
    expect((await post({ fields: { key: KEY, 'x-ignore-me': '1' }, conditions: [{ key: KEY }] })).status).toBe(204);
    expect((await post({ fields, conditions: [{ key: KEY }, ['starts-with', '$x-amz-meta-owner', '']] })).status).toBe(204);
  });

  it('is for one bucket', async () => {
    await test.server.createBucket('elsewhere', { versioned: false });
    const answer = await post({ bucket: 'elsewhere' });
    expect([answer.status, answer.code]).toEqual([403, 'AccessDenied']);
  });

  it.each<[string, Condition[]]>([
    ['an unknown operator', [['like', '$key', 'x']]],
    ['a range that is none', [['content-length-range', 'a', 'b']]],
    ['a field without its $', [['eq', 'key', 'x']]],
  ])('must be one: %s', async (_what, conditions) => {
    expect(await refused({ conditions }, 'InvalidPolicyDocument')).toBe(400);
  });

  it('must be there, with who signed it', async () => {
    const send = async (fields: Record<string, string>) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append('file', new Blob(['x']), 'x');
      const response = await fetch(`${test.server.url}/${PLAIN}`, { method: 'POST', body: form });
      return /<Code>(.*?)<\/Code>/.exec(await response.text())?.[1];
    };
    const policy = Buffer.from(JSON.stringify({ expiration: '2099-01-01T00:00:00Z', conditions: [{ key: 'k' }] })).toString('base64');
    expect(await send({ key: 'k' })).toBe('AccessDenied');
    expect(await send({ key: 'k', policy })).toBe('InvalidArgument');
    expect(await send({ policy })).toBe('InvalidArgument');
    await expectRefusal(text('k'), 'NoSuchKey', 404);
  });
});

describe('what is no such form', () => {
  const multipart = (body: string) => raw(test, '/plain', { method: 'POST', body, headers: { 'content-type': 'multipart/form-data; boundary=B' } });
  const field = (name: string, value: string) => `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

  it('is refused, and nothing is kept', async () => {
    const before = await storedFiles(test);
    expect(await raw(test, '/plain', { method: 'POST', body: 'key=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } })).toMatchObject({
      status: 412,
      code: 'PreconditionFailed',
    });
    expect(await raw(test, '/plain', { method: 'POST', body: '{}' })).toMatchObject({ status: 412 });
    expect(await multipart(`${field('key', 'x')}--B--\r\n`)).toMatchObject({ status: 400, code: 'InvalidArgument' });
    expect(await multipart(`${field('key', 'x'.repeat(30_000))}--B--\r\n`)).toMatchObject({ status: 400, code: 'MaxPostPreDataLengthExceeded' });
    const policy = Buffer.from(JSON.stringify({ expiration: '2099-01-01T00:00:00Z', conditions: [{ key: 'x' }] })).toString('base64');
    const file = '--B\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\ncut';
    const signed = ['awsaccesskeyid', 'signature'].map((name) => field(name, 'x')).join('');
    expect(await multipart(`${field('key', 'x')}${field('policy', policy)}${signed}${file}`)).toMatchObject({ status: 400, code: 'InvalidRequest' });
    expect(await multipart(`${field('key', 'x')}${file}`)).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(await multipart(`${field('key', 'x')}${field('policy', policy)}${signed}${file}\r\n${file}\r\n--B--\r\n`)).toMatchObject({ status: 400, code: 'InvalidArgument' });
    const fields = Array.from({ length: 101 }, (_, index) => field(`x-ignore-${index}`, 'x')).join('');
    expect(await multipart(`${fields}${file}\r\n--B--\r\n`)).toMatchObject({ status: 400, code: 'MaxPostPreDataLengthExceeded' });
    expect(await multipart('--B\r\nno header')).toMatchObject({ status: 400 });
    expect(await multipart('')).toMatchObject({ status: 400 });
    expect(await storedFiles(test)).toEqual(before);
  });
});
