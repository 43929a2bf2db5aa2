import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT, expectRefusal, PASSWORD, POOL, registered, signedIn, startTestPool, type TestPool } from './test-pool.ts';

let pool: TestPool;
beforeAll(async () => {
  pool = await startTestPool({}, { refreshTokenSeconds: 7_200 });
  const rotating = { name: 'rotating', authFlows: ['ALLOW_USER_PASSWORD_AUTH'] } as const;
  await pool.server.createClient(POOL, { ...rotating, id: 'rotating', refreshTokenSeconds: 7_200, refreshRotation: { graceSeconds: 0 } });
  await pool.server.createClient(POOL, { ...rotating, id: 'lenient', refreshRotation: { graceSeconds: 30 } });
});
afterAll(() => pool.end());

const refresh = (token: string, ClientId = CLIENT) =>
  pool.cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: token } }));
const getTokens = (RefreshToken: string, ClientId: string) => pool.cognito.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }));
const signIn = async (username: string, ClientId: string) => {
  const { AuthenticationResult } = await pool.cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: username, PASSWORD } }));
  return AuthenticationResult?.RefreshToken ?? '';
};

describe('a refresh token', () => {
  it('gives new tokens of the same sign-in, and no new refresh token', async () => {
    await registered(pool, 'awa');
    const before = await signedIn(pool, 'awa');
    const { AuthenticationResult } = await refresh(before.RefreshToken);
    expect(AuthenticationResult?.RefreshToken).toBeUndefined();
    const [first, second] = [decodeJwt(before.AccessToken), decodeJwt(AuthenticationResult?.AccessToken ?? '')];
    expect([second['origin_jti'], second['auth_time'], second.sub]).toEqual([first['origin_jti'], first['auth_time'], first.sub]);
    expect(second.jti).not.toBe(first.jti);
    await expect(refresh(before.RefreshToken)).resolves.toBeDefined();
  });

  it('is taken by GetTokensFromRefreshToken as well', async () => {
    await registered(pool, 'binta');
    const { RefreshToken } = await signedIn(pool, 'binta');
    const { AuthenticationResult } = await getTokens(RefreshToken, CLIENT);
    expect(AuthenticationResult).toMatchObject({ AccessToken: expect.any(String), IdToken: expect.any(String), TokenType: 'Bearer' });
    expect(AuthenticationResult?.RefreshToken).toBeUndefined();
  });

  it('is over at its end', async () => {
    await registered(pool, 'coumba');
    const { RefreshToken } = await signedIn(pool, 'coumba');
    pool.advance(7_199);
    await expect(refresh(RefreshToken)).resolves.toBeDefined();
    pool.advance(2);
    await expectRefusal(refresh(RefreshToken), 'NotAuthorizedException', 'Refresh Token has expired');
  });

  it('that nobody gave out, or that another client got, is refused', async () => {
    await registered(pool, 'djeneba');
    await expectRefusal(refresh('eyJhbGciOiJSUzI1NiJ9.x.y.z.q'), 'NotAuthorizedException', 'Invalid Refresh Token');
    const { AccessToken, RefreshToken } = await signedIn(pool, 'djeneba');
    await expectRefusal(refresh(AccessToken), 'NotAuthorizedException', 'Invalid Refresh Token');
    await expectRefusal(getTokens(RefreshToken, 'lenient'), 'NotAuthorizedException', 'Invalid Refresh Token');
  });

  it('of a user who is disabled or gone is refused', async () => {
    await registered(pool, 'eva');
    const { RefreshToken } = await signedIn(pool, 'eva');
    await pool.cognito.send(new AdminDisableUserCommand({ UserPoolId: POOL, Username: 'eva' }));
    await expectRefusal(refresh(RefreshToken), 'NotAuthorizedException');
    await registered(pool, 'fanta');
    const { RefreshToken: orphan } = await signedIn(pool, 'fanta');
    await pool.cognito.send(new AdminDeleteUserCommand({ UserPoolId: POOL, Username: 'fanta' }));
    await registered(pool, 'fanta');
    await expectRefusal(refresh(orphan), 'NotAuthorizedException', 'Invalid Refresh Token');
  });
});

describe('a client that rotates refresh tokens', () => {
  it('gives a new one for the old one, which is over', async () => {
    await registered(pool, 'gnima');
    const first = await signIn('gnima', 'rotating');
    const { AuthenticationResult } = await getTokens(first, 'rotating');
    const second = AuthenticationResult?.RefreshToken ?? '';
    expect(second).not.toBe(first);
    await expectRefusal(getTokens(first, 'rotating'), 'RefreshTokenReuseException');
    await expect(getTokens(second, 'rotating')).resolves.toBeDefined();
  });

  it('gives one new token where the same old one comes many times at once', async () => {
    await registered(pool, 'hawa');
    const token = await signIn('hawa', 'rotating');
    const results = await Promise.allSettled(Array.from({ length: 4 }, () => getTokens(token, 'rotating')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('takes the old one for as long as the client may try again', async () => {
    await registered(pool, 'ines');
    const first = await signIn('ines', 'lenient');
    await getTokens(first, 'lenient');
    pool.advance(20);
    await expect(getTokens(first, 'lenient')).resolves.toBeDefined();
    pool.advance(11);
    await expectRefusal(getTokens(first, 'lenient'), 'RefreshTokenReuseException');
  });

  it('does not make a sign-in last longer than its first refresh token', async () => {
    await registered(pool, 'jeanne');
    const first = await signIn('jeanne', 'rotating');
    pool.advance(7_000);
    const { AuthenticationResult } = await getTokens(first, 'rotating');
    pool.advance(201);
    await expectRefusal(getTokens(AuthenticationResult?.RefreshToken ?? '', 'rotating'), 'NotAuthorizedException', 'expired');
  });

  it('revokes old and new together', async () => {
    await registered(pool, 'kadi');
    const first = await signIn('kadi', 'rotating');
    const { AuthenticationResult } = await getTokens(first, 'rotating');
    await pool.cognito.send(new RevokeTokenCommand({ ClientId: 'rotating', Token: first }));
    await expectRefusal(getTokens(AuthenticationResult?.RefreshToken ?? '', 'rotating'), 'NotAuthorizedException', 'revoked');
  });

  it('does not take REFRESH_TOKEN_AUTH', async () => {
    await registered(pool, 'lala');
    const token = await signIn('lala', 'rotating');
    await expectRefusal(refresh(token, 'rotating'), 'InvalidParameterException', 'GetTokensFromRefreshToken');
  });
});
