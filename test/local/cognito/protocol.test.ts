import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { ForgotPasswordCommand, ListDevicesCommand } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startUserPoolServer } from '../../../lib/local/cognito/user-pool-server.ts';
import { CLIENT, expectRefusal, PASSWORD, POOL, REGION, registered, signedIn, startTestPool, type TestPool } from './test-pool.ts';

let pool: TestPool;
beforeAll(async () => {
  pool = await startTestPool();
});
afterAll(() => pool.end());

const call = async (target: string, body: string) => {
  const response = await fetch(pool.server.url, { method: 'POST', body, headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' } });
  return { status: response.status, type: response.headers.get('x-amzn-errortype'), body: JSON.parse(await response.text()) };
};

describe('the API', () => {
  it('says of an operation that it does not know that it does not know it', async () => {
    await expectRefusal(pool.cognito.send(new ForgotPasswordCommand({ ClientId: CLIENT, Username: 'x' })), 'UnknownOperationException', 'ForgotPassword');
    await expectRefusal(pool.cognito.send(new ListDevicesCommand({ AccessToken: 'x' })), 'UnknownOperationException');
    expect(await call('Other.GetUser', '{}')).toMatchObject({ status: 400, type: 'UnknownOperationException:' });
  });

  it.each(['', 'x', '{"a":', 'null', '[]', '"x"', '{}'])('answers 400 to the body %j', async (body) => {
    const answer = await call('AWSCognitoIdentityProviderService.GetUser', body);
    expect(answer.status).toBe(400);
    expect(answer.body.__type).toMatch(/^(SerializationException|InvalidParameterException)$/);
    expect(answer.type).toBe(`${answer.body.__type}:`);
  });

  it('refuses members that it does not know', async () => {
    const answer = await call('AWSCognitoIdentityProviderService.GetUser', '{"AccessToken":"x","Unknown":1}');
    expect(answer.body).toEqual({ __type: 'InvalidParameterException', message: 'This local user pool does not implement Unknown of GetUser' });
  });

  it('refuses a body of more than a megabyte', async () => {
    const response = await fetch(pool.server.url, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
    expect(response.status).toBe(413);
  });

  it('does not answer to pages that come under another host name', async () => {
    const status = await new Promise((resolve, reject) => {
      request(pool.server.url, { headers: { host: 'example.com' } }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(400);
  });

  it('listens on loopback only', () => {
    expect(new URL(pool.server.url).hostname).toBe('127.0.0.1');
  });
});

describe('what is on disk', () => {
  it('has neither passwords nor refresh tokens in it', async () => {
    await registered(pool, 'awa');
    const { RefreshToken } = await signedIn(pool, 'awa');
    const files = await Promise.all(['user-pools.sqlite', 'user-pools.sqlite-wal'].map((name) => readFile(join(pool.dataDir, name), 'latin1')));
    expect(files.join('')).toContain('awa');
    expect(files.join('')).not.toContain(PASSWORD);
    expect(files.join('')).not.toContain(RefreshToken.slice(100, 200));
  });

  it('belongs to one server at a time', async () => {
    await expect(startUserPoolServer({ dataDir: pool.dataDir, region: REGION })).rejects.toThrow(/locked/);
    await expect(signedIn(pool, 'awa')).resolves.toBeDefined();
  });

  it('keeps no pool of another region', async () => {
    await expect(pool.server.createPool({ id: POOL.replace(REGION, 'us-east-1'), name: 'x' })).rejects.toThrow('cannot be the id');
  });
});
