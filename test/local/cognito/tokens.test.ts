import { AdminAddUserToGroupCommand, AdminUpdateUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT, POOL, REGION, registered, signedIn, startTestPool, type TestPool } from './test-pool.ts';

let pool: TestPool;
beforeAll(async () => {
  pool = await startTestPool({}, { accessTokenSeconds: 36_000 });
  await pool.server.createGroup(POOL, 'agent', { precedence: 2 });
  await pool.server.createGroup(POOL, 'superviseur', { precedence: 1 });
});
afterAll(() => pool.end());

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** As deployed code verifies, but for where the keys come from. */
const verifier = <Use extends 'access' | 'id'>(tokenUse: Use, url = pool.server.url) =>
  CognitoJwtVerifier.create(
    { userPoolId: POOL, clientId: CLIENT, tokenUse },
    {
      jwksCache: new SimpleJwksCache({
        fetcher: { fetch: async (uri) => (await fetch(new URL(new URL(uri).pathname, url))).arrayBuffer() },
      }),
    },
  );

describe('the access token', () => {
  it('passes the verifier of AWS and says what Cognito says', async () => {
    await registered(pool, 'awa');
    for (const GroupName of ['agent', 'superviseur']) await pool.cognito.send(new AdminAddUserToGroupCommand({ UserPoolId: POOL, Username: 'awa', GroupName }));
    const { AccessToken, ExpiresIn } = await signedIn(pool, 'awa');
    expect(ExpiresIn).toBe(36_000);
    const claims = await verifier('access').verify(AccessToken);
    expect(claims).toEqual({
      sub: expect.stringMatching(UUID),
      iss: `https://cognito-idp.${REGION}.amazonaws.com/${POOL}`,
      client_id: CLIENT,
      origin_jti: expect.stringMatching(UUID),
      event_id: expect.stringMatching(UUID),
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      auth_time: expect.any(Number),
      exp: claims.iat + 36_000,
      iat: expect.any(Number),
      jti: expect.stringMatching(UUID),
      username: 'awa',
      'cognito:groups': ['superviseur', 'agent'],
    });
  });

  it('is not taken for an id token, nor an id token for it', async () => {
    await registered(pool, 'binta');
    const { AccessToken, IdToken } = await signedIn(pool, 'binta');
    await expect(verifier('id').verify(AccessToken)).rejects.toThrow(/Token use not allowed/);
    await expect(verifier('access').verify(IdToken)).rejects.toThrow(/Token use not allowed/);
    expect(decodeProtectedHeader(AccessToken).kid).not.toBe(decodeProtectedHeader(IdToken).kid);
  });

  it('of another pool with keys of its own is refused', async () => {
    const other = await startTestPool();
    await registered(other, 'coumba');
    const { AccessToken } = await signedIn(other, 'coumba');
    await other.end();
    await expect(verifier('access').verify(AccessToken)).rejects.toThrow(/JWK for kid .* not found/);
  });
});

describe('the id token', () => {
  it('carries the attributes of the user', async () => {
    await registered(pool, 'djeneba');
    const UserAttributes = [
      { Name: 'email', Value: 'djeneba@example.com' },
      { Name: 'email_verified', Value: 'true' },
      { Name: 'family_name', Value: 'Koné' },
    ];
    await pool.cognito.send(new AdminUpdateUserAttributesCommand({ UserPoolId: POOL, Username: 'djeneba', UserAttributes }));
    const { AccessToken, IdToken } = await signedIn(pool, 'djeneba');
    const [access, id] = [await verifier('access').verify(AccessToken), await verifier('id').verify(IdToken)];
    expect(id).toMatchObject({ aud: CLIENT, 'cognito:username': 'djeneba', token_use: 'id', email: 'djeneba@example.com', email_verified: true, family_name: 'Koné' });
    expect([id.sub, id.origin_jti]).toEqual([access.sub, access.origin_jti]);
    expect(id['client_id']).toBeUndefined();
  });
});

describe('the refresh token', () => {
  it('is opaque and of the form of an encrypted JWT, as Cognito gives them', async () => {
    await registered(pool, 'eva');
    const { RefreshToken } = await signedIn(pool, 'eva');
    expect(RefreshToken.split('.')).toHaveLength(5);
    expect(RefreshToken).toMatch(/^eyJ[\w.-]{1000,}$/);
  });
});

describe('a restart', () => {
  it('keeps users, keys and sign-ins', async () => {
    await registered(pool, 'fanta');
    const before = await signedIn(pool, 'fanta');
    pool = await pool.restart();
    await expect(verifier('access').verify(before.AccessToken)).resolves.toMatchObject({ username: 'fanta' });
    await expect(signedIn(pool, 'fanta')).resolves.toBeDefined();
  });
});

describe('what stands under .well-known', () => {
  it('is the public keys, without a private part', async () => {
    const { keys } = JSON.parse(await (await fetch(`${pool.server.url}/${POOL}/.well-known/jwks.json`)).text());
    expect(keys).toHaveLength(2);
    for (const key of keys) expect(Object.keys(key).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  it('names the issuer', async () => {
    const configuration = JSON.parse(await (await fetch(`${pool.server.url}/${POOL}/.well-known/openid-configuration`)).text());
    expect(configuration.issuer).toBe(`https://cognito-idp.${REGION}.amazonaws.com/${POOL}`);
  });

  it('is nothing for a pool that is not there', async () => {
    expect((await fetch(`${pool.server.url}/eu-west-1_Nothing12/.well-known/jwks.json`)).status).toBe(404);
  });
});
