import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT, expectRefusal, PASSWORD, POOL, registered, signedIn, startTestPool, type TestPool } from './test-pool.ts';

let pool: TestPool;
beforeAll(async () => {
  pool = await startTestPool();
  await pool.server.createClient(POOL, { id: 'secretive', name: 'secretive', secret: 'abcdefghijklmnopqrstuvwxyz', authFlows: [] });
  await pool.server.createClient(POOL, { id: 'lasting', name: 'lasting', enableTokenRevocation: false, authFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] });
});
afterAll(() => pool.end());

const getUser = (AccessToken: string) => pool.cognito.send(new GetUserCommand({ AccessToken }));
const revoke = (Token: string, ClientId = CLIENT) => pool.cognito.send(new RevokeTokenCommand({ ClientId, Token }));

describe('GetUser', () => {
  it('tells who the token speaks for', async () => {
    await registered(pool, 'awa');
    const { AccessToken } = await signedIn(pool, 'awa');
    const { Username, UserAttributes } = await getUser(AccessToken);
    expect({ Username, UserAttributes }).toEqual({ Username: 'awa', UserAttributes: [{ Name: 'sub', Value: decodeJwt(AccessToken).sub }] });
  });

  it('refuses a token that somebody else signed', async () => {
    await registered(pool, 'binta');
    const { AccessToken } = await signedIn(pool, 'binta');
    const { privateKey } = await generateKeyPair('RS256');
    const forged = await new SignJWT(decodeJwt(AccessToken)).setProtectedHeader({ alg: 'RS256', kid: decodeProtectedHeader(AccessToken).kid ?? '' }).sign(privateKey);
    await expectRefusal(getUser(forged), 'NotAuthorizedException', 'Invalid Access Token');
    const [header, payload] = AccessToken.split('.');
    await expectRefusal(getUser(`${header}.${payload}.`), 'NotAuthorizedException', 'Invalid Access Token');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    await expectRefusal(getUser(unsigned), 'NotAuthorizedException', 'Invalid Access Token');
  });

  it('refuses a token signed with the public key as a shared secret', async () => {
    await registered(pool, 'coumba');
    const { AccessToken } = await signedIn(pool, 'coumba');
    const { publicKey } = await generateKeyPair('RS256', { extractable: true });
    const secret = Buffer.from(JSON.stringify(await exportJWK(publicKey)));
    const confused = await new SignJWT(decodeJwt(AccessToken)).setProtectedHeader({ alg: 'HS256', kid: decodeProtectedHeader(AccessToken).kid ?? '' }).sign(secret);
    await expectRefusal(getUser(confused), 'NotAuthorizedException', 'Invalid Access Token');
  });

  it('refuses an id token, a refresh token and nonsense', async () => {
    await registered(pool, 'djeneba');
    const { IdToken, RefreshToken } = await signedIn(pool, 'djeneba');
    for (const token of [IdToken, RefreshToken, 'x', 'a.b.c']) await expectRefusal(getUser(token), 'NotAuthorizedException', 'Invalid Access Token');
  });

  it('refuses a token whose time is over', async () => {
    await registered(pool, 'eva');
    const { AccessToken } = await signedIn(pool, 'eva');
    pool.advance(3_601);
    await expectRefusal(getUser(AccessToken), 'NotAuthorizedException', 'Access Token has expired');
  });

  it('refuses the token of a user who is gone, even if the name has come back', async () => {
    await registered(pool, 'fanta');
    const { AccessToken } = await signedIn(pool, 'fanta');
    await pool.cognito.send(new AdminDeleteUserCommand({ UserPoolId: POOL, Username: 'fanta' }));
    await expectRefusal(getUser(AccessToken), 'UserNotFoundException');
    await registered(pool, 'fanta');
    await expectRefusal(getUser(AccessToken), 'UserNotFoundException');
  });
});

describe('revoking a refresh token', () => {
  it('ends it and every access token of its sign-in, and nothing else', async () => {
    await registered(pool, 'gnima');
    const [phone, desk] = [await signedIn(pool, 'gnima'), await signedIn(pool, 'gnima')];
    const { AuthenticationResult } = await pool.cognito.send(
      new InitiateAuthCommand({ ClientId: CLIENT, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: phone.RefreshToken } }),
    );
    await revoke(phone.RefreshToken);
    await expectRefusal(getUser(phone.AccessToken), 'NotAuthorizedException', 'Access Token has been revoked');
    await expectRefusal(getUser(AuthenticationResult?.AccessToken ?? ''), 'NotAuthorizedException', 'Access Token has been revoked');
    await expectRefusal(
      pool.cognito.send(new InitiateAuthCommand({ ClientId: CLIENT, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: phone.RefreshToken } })),
      'NotAuthorizedException',
      'Refresh Token has been revoked',
    );
    await expect(getUser(desk.AccessToken)).resolves.toBeDefined();
  });

  it('can be asked twice', async () => {
    await registered(pool, 'hawa');
    const { RefreshToken } = await signedIn(pool, 'hawa');
    await revoke(RefreshToken);
    await expect(revoke(RefreshToken)).resolves.toBeDefined();
  });

  it('is not done with an access token, an unknown token or by another client', async () => {
    await registered(pool, 'ines');
    const { AccessToken, RefreshToken } = await signedIn(pool, 'ines');
    await expectRefusal(revoke(AccessToken), 'UnsupportedTokenTypeException');
    await expectRefusal(revoke('eyJ.a.b.c.d'), 'InvalidParameterException');
    await expectRefusal(revoke(RefreshToken, 'secretive'), 'UnauthorizedException');
    await expectRefusal(revoke(RefreshToken, 'nobody'), 'ResourceNotFoundException');
    await expect(getUser(AccessToken)).resolves.toBeDefined();
  });

  it('is not done where the client does not have it; its tokens then name no sign-in', async () => {
    await registered(pool, 'jeanne');
    const { AuthenticationResult } = await pool.cognito.send(
      new InitiateAuthCommand({ ClientId: 'lasting', AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'jeanne', PASSWORD } }),
    );
    const { AccessToken = '', RefreshToken = '' } = AuthenticationResult ?? {};
    expect(decodeJwt(AccessToken)['origin_jti']).toBeUndefined();
    await expectRefusal(revoke(RefreshToken, 'lasting'), 'UnsupportedOperationException');
    await expect(getUser(AccessToken)).resolves.toBeDefined();
    pool.advance(2);
    await pool.cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId: POOL, Username: 'jeanne' }));
    await expectRefusal(getUser(AccessToken), 'NotAuthorizedException', 'Access Token has been revoked');
  });
});

describe('signing out everywhere', () => {
  it.each(['by the user', 'by an administrator', 'by disabling the user'])('ends all that was given so far, %s', async (how) => {
    const username = `kadi-${how.length}`;
    await registered(pool, username);
    const [phone, desk] = [await signedIn(pool, username), await signedIn(pool, username)];
    if (how === 'by the user') await pool.cognito.send(new GlobalSignOutCommand({ AccessToken: phone.AccessToken }));
    if (how === 'by an administrator') await pool.cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId: POOL, Username: username }));
    if (how === 'by disabling the user') await pool.cognito.send(new AdminDisableUserCommand({ UserPoolId: POOL, Username: username }));
    for (const { AccessToken, RefreshToken } of [phone, desk]) {
      await expectRefusal(getUser(AccessToken), 'NotAuthorizedException', 'Access Token has been revoked');
      await expectRefusal(
        pool.cognito.send(new InitiateAuthCommand({ ClientId: CLIENT, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: RefreshToken } })),
        'NotAuthorizedException',
      );
    }
    if (how !== 'by disabling the user') await expect(getUser((await signedIn(pool, username)).AccessToken)).resolves.toBeDefined();
  });
});
