import { describe, expect, it } from 'vitest';
import { readTokenRequest } from '../../lib/http/token-request.ts';
import { reasonOf } from '../use-cases/failing.ts';
import { aRequest } from './a-request.ts';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const basic = (pair: string) => ({ Authorization: `Basic ${Buffer.from(pair).toString('base64')}` });
const read = (body: string, headers: Readonly<Record<string, string>> = {}) => readTokenRequest(aRequest({ path: '/v1/o/token/', body, headers: { ...FORM, ...headers } }));
const refusal = async (body: string, headers: Readonly<Record<string, string>> = {}) => {
  const reason = await reasonOf(read(body, headers));
  return reason?.code === 'token-refused' ? reason.error : reason?.code;
};

describe('an application says who it is', () => {
  it('in a Basic header', async () => {
    expect((await read('grant_type=client_credentials', basic('abc:s3cret'))).client).toEqual({ clientId: 'abc', secret: 's3cret' });
  });

  it('in the body', async () => {
    expect((await read('grant_type=client_credentials&client_id=abc&client_secret=s3cret')).client).toEqual({ clientId: 'abc', secret: 's3cret' });
  });

  it('without a secret where it has none, either way', async () => {
    expect((await read('grant_type=client_credentials&client_id=abc')).client).toEqual({ clientId: 'abc', secret: undefined });
    expect((await read('grant_type=client_credentials', basic('abc:'))).client).toEqual({ clientId: 'abc', secret: undefined });
  });

  it('form-encoded inside of the header, as RFC 6749 has it, or not', async () => {
    expect((await read('grant_type=client_credentials', basic('a%3Ab:se%2Bcr+et'))).client).toEqual({ clientId: 'a:b', secret: 'se+cr et' });
    expect((await read('grant_type=client_credentials', basic('abc:100%'))).client).toEqual({ clientId: 'abc', secret: '100%' });
    expect((await read('grant_type=client_credentials', basic('abc:a:b'))).client).toEqual({ clientId: 'abc', secret: 'a:b' });
  });

  it('with the same id once more in the body, as some libraries do', async () => {
    expect((await read('grant_type=client_credentials&client_id=abc', basic('abc:s'))).client).toEqual({ clientId: 'abc', secret: 's' });
  });

  it.each(['client_id=abc&client_secret=s', 'client_secret=s', 'client_id=autre'])('not in two ways at once: header and %s', async (more) => {
    expect(await refusal(`grant_type=client_credentials&${more}`, basic('abc:s'))).toBe('invalid_request');
  });

  it.each(['Basic', 'Basic ', 'Basic !!!', `Basic ${Buffer.from('sans-deux-points').toString('base64')}`, `Basic ${Buffer.from(':s').toString('base64')}`])(
    'in a header that can be read: %j is not one',
    async (header) => {
      expect(await refusal('grant_type=client_credentials', { Authorization: header })).toBe('invalid-client');
    },
  );

  it('or does not: a token of before in the header is no such word', async () => {
    expect((await read('grant_type=client_credentials', { Authorization: 'Bearer x' })).client).toBeUndefined();
    expect((await read(`grant_type=client_credentials&client_id=${'a'.repeat(129)}`)).client).toBeUndefined();
  });
});

describe('a request for a token', () => {
  it('for the application itself may name scopes, in any order', async () => {
    expect((await read('grant_type=client_credentials')).wish).toEqual({ grant: 'client_credentials', scopes: undefined });
    expect((await read('grant_type=client_credentials&scope=')).wish).toEqual({ grant: 'client_credentials', scopes: undefined });
    expect((await read('grant_type=client_credentials&scope=write+read')).wish).toEqual({ grant: 'client_credentials', scopes: ['read', 'write'] });
    expect(await refusal('grant_type=client_credentials&scope=read+admin')).toBe('invalid_scope');
    expect(await refusal('grant_type=password&username=a&password=b&scope=openid')).toBe('invalid_scope');
  });

  it('for a user carries name and password as they are', async () => {
    expect((await read('grant_type=password&username=awa&password=a%26b+%C3%A9')).wish).toEqual({ grant: 'password', username: 'awa', password: 'a&b é' });
  });

  it('to renew carries the refresh token', async () => {
    expect((await read('grant_type=refresh_token&refresh_token=x.y')).wish).toEqual({ grant: 'refresh_token', refreshToken: 'x.y' });
  });

  it('may come as JSON', async () => {
    const headers = { 'Content-Type': 'application/json; charset=utf-8' };
    expect((await read('{"grant_type":"client_credentials","client_id":"abc","client_secret":"s"}', headers)).client).toEqual({ clientId: 'abc', secret: 's' });
    for (const body of ['null', '[]', '"x"', '{"grant_type":1}', '{}']) expect(await refusal(body, headers), body).toBe('invalid_request');
    expect(await refusal('{"a":', headers)).toBe('invalid-request');
  });

  it.each([
    ['', 'invalid_request'],
    ['grant_type=', 'invalid_request'],
    ['grant_type=password', 'invalid_request'],
    ['grant_type=password&username=awa&password=', 'invalid_request'],
    ['grant_type=refresh_token', 'invalid_request'],
    ['grant_type=password&grant_type=password&username=a&password=b', 'invalid_request'],
    ['grant_type=client_credentials&scope=read&scope=write', 'invalid_request'],
    ['grant_type=authorization_code&code=x', 'unsupported_grant_type'],
    ['grant_type=implicit', 'unsupported_grant_type'],
    ['grant_type=toString', 'unsupported_grant_type'],
  ])('%j is an %s', async (body, code) => {
    expect(await refusal(body)).toBe(code);
  });

  it.each(['text/plain', 'multipart/form-data; boundary=x', ''])('is no %j', async (type) => {
    expect(await refusal('grant_type=client_credentials', { 'Content-Type': type })).toBe('invalid_request');
  });
});
