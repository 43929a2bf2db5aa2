import { GetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT, expectRefusal, POOL, REGION, registered, signedIn, startTestPool, type TestPool } from './test-pool.ts';

const SECRET = 'abcdefghijklmnopqrstuvwxyz0123456789';

let pool: TestPool;
beforeAll(async () => {
  pool = await startTestPool();
  const scopes = ['read', 'write', 'admin'].map((name) => ({ name, description: name }));
  await pool.server.createResourceServer(POOL, { identifier: 'reconciliation', name: 'API', scopes });
  const oauth = { AllowedOAuthFlows: ['client_credentials' as const], AllowedOAuthScopes: ['reconciliation/read', 'reconciliation/write'] };
  await pool.server.createClient(POOL, { id: 'machine', name: 'machine', secret: SECRET, accessTokenSeconds: 600, oauth });
  await pool.server.createClient(POOL, { id: 'scopeless', name: 'scopeless', secret: SECRET, oauth: { AllowedOAuthFlows: ['client_credentials'] } });
});
afterAll(() => pool.end());

const post = async (path: string, form: Record<string, string>, headers: Record<string, string> = {}) => {
  const response = await fetch(`${pool.server.url}${path}`, { method: 'POST', body: new URLSearchParams(form), headers });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
};
const token = (form: Record<string, string>, headers?: Record<string, string>) => post('/oauth2/token', form, headers);
const basic = (id: string, secret: string) => ({ authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });
const credentials = { grant_type: 'client_credentials', client_id: 'machine', client_secret: SECRET };

describe('a client that acts for itself', () => {
  it('gets an access token that the verifier of AWS takes', async () => {
    const { status, body } = await token({ ...credentials, scope: 'reconciliation/read' });
    expect(status).toBe(200);
    expect(body).toEqual({ access_token: expect.any(String), expires_in: 600, token_type: 'Bearer' });
    const verifier = CognitoJwtVerifier.create({ userPoolId: POOL, clientId: 'machine', tokenUse: 'access', scope: 'reconciliation/read' });
    verifier.cacheJwks(JSON.parse(await (await fetch(`${pool.server.url}/${POOL}/.well-known/jwks.json`)).text()));
    const claims = await verifier.verify(body.access_token);
    expect(claims).toMatchObject({ sub: 'machine', client_id: 'machine', iss: `https://cognito-idp.${REGION}.amazonaws.com/${POOL}`, version: 2, exp: claims.iat + 600 });
    expect(claims.username).toBeUndefined();
  });

  it('may say who it is in the header', async () => {
    expect((await token({ grant_type: 'client_credentials' }, basic('machine', SECRET))).status).toBe(200);
  });

  it('gets all its scopes if it asks for none', async () => {
    const { body } = await token(credentials);
    expect(decodeJwt(body.access_token)['scope']).toBe('reconciliation/read reconciliation/write');
  });

  it('is no user: GetUser refuses its token', async () => {
    const { body } = await token(credentials);
    await expectRefusal(pool.cognito.send(new GetUserCommand({ AccessToken: body.access_token })), 'NotAuthorizedException', 'required scopes');
  });

  it.each<[string, Record<string, string>, string]>([
    ['a wrong secret', { ...credentials, client_secret: 'other' }, 'invalid_client'],
    ['no secret', { grant_type: 'client_credentials', client_id: 'machine' }, 'invalid_client'],
    ['an unknown client', { ...credentials, client_id: 'nobody' }, 'invalid_client'],
    ['no client', { grant_type: 'client_credentials' }, 'invalid_request'],
    ['no grant', { client_id: 'machine', client_secret: SECRET }, 'invalid_request'],
    ['a grant that is not there', { ...credentials, grant_type: 'password' }, 'unsupported_grant_type'],
    ['a code: there are no pages to get one from', { ...credentials, grant_type: 'authorization_code', code: 'x' }, 'unsupported_grant_type'],
    ['a scope that the client may not have', { ...credentials, scope: 'reconciliation/admin' }, 'invalid_scope'],
    ['one good scope and one bad', { ...credentials, scope: 'reconciliation/read openid' }, 'invalid_scope'],
    ['no scope at all to be had', { ...credentials, client_id: 'scopeless' }, 'invalid_scope'],
    ['a client of another kind', { grant_type: 'client_credentials', client_id: CLIENT }, 'unauthorized_client'],
  ])('is refused with %s', async (_what, form, error) => {
    expect(await token(form)).toEqual({ status: 400, body: { error } });
  });

  it('is refused where header and form name two clients, or the header is garbled', async () => {
    expect((await token({ grant_type: 'client_credentials', client_id: CLIENT }, basic('machine', SECRET))).body).toEqual({ error: 'invalid_client' });
    expect((await token({ grant_type: 'client_credentials' }, { authorization: 'Basic ???' })).body).toEqual({ error: 'invalid_client' });
  });
});

describe('the refresh grant', () => {
  it('gives new tokens of a user', async () => {
    await registered(pool, 'awa');
    const { RefreshToken } = await signedIn(pool, 'awa');
    const { status, body } = await token({ grant_type: 'refresh_token', client_id: CLIENT, refresh_token: RefreshToken });
    expect(status).toBe(200);
    expect(Object.keys(body).toSorted()).toEqual(['access_token', 'expires_in', 'id_token', 'token_type']);
  });

  it('refuses a token that is not good', async () => {
    expect(await token({ grant_type: 'refresh_token', client_id: CLIENT, refresh_token: 'x' })).toEqual({ status: 400, body: { error: 'invalid_grant' } });
    expect(await token({ grant_type: 'refresh_token', client_id: CLIENT })).toEqual({ status: 400, body: { error: 'invalid_request' } });
  });
});

describe('the revocation endpoint', () => {
  const revoke = (form: Record<string, string>) => post('/oauth2/revoke', form);

  it('ends a refresh token and its access tokens', async () => {
    await registered(pool, 'binta');
    const { RefreshToken, AccessToken } = await signedIn(pool, 'binta');
    expect(await revoke({ token: RefreshToken, client_id: CLIENT })).toEqual({ status: 200, body: undefined });
    await expectRefusal(pool.cognito.send(new GetUserCommand({ AccessToken })), 'NotAuthorizedException', 'revoked');
  });

  it('takes no access token, and asks who the client is', async () => {
    await registered(pool, 'coumba');
    const { AccessToken, RefreshToken } = await signedIn(pool, 'coumba');
    expect(await revoke({ token: AccessToken, client_id: CLIENT })).toEqual({ status: 400, body: { error: 'unsupported_token_type' } });
    expect(await revoke({ client_id: CLIENT })).toEqual({ status: 400, body: { error: 'invalid_request' } });
    expect(await revoke({ token: RefreshToken, client_id: 'machine' })).toEqual({ status: 401, body: { error: 'invalid_client' } });
    expect(await revoke({ token: RefreshToken, client_id: 'machine', client_secret: SECRET })).toEqual({ status: 400, body: { error: 'invalid_request' } });
    await expect(pool.cognito.send(new GetUserCommand({ AccessToken }))).resolves.toBeDefined();
  });
});
