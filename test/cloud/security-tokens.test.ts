import { createPublicKey, createSecretKey, generateKeyPairSync } from 'node:crypto';
import { CognitoIdentityProviderClient, CreateUserPoolClientCommand, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { call, postJson, tokenOf } from './cloud-client.ts';

const cloud = inject('cloud');
const poolId = cloud.outputs['UserPoolId'] ?? '';
const cognito = new CognitoIdentityProviderClient({
  region: cloud.environment['AWS_REGION'] ?? '',
  endpoint: cloud.endpoints.cognito,
  credentials: { accessKeyId: cloud.environment['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: cloud.environment['AWS_SECRET_ACCESS_KEY'] ?? '' },
});
const administrator = cloud.users.find(({ groupe }) => groupe === 'administrateur');
const jwk = z.looseObject({ kid: z.string(), kty: z.string(), n: z.string(), e: z.string() });
const own = generateKeyPairSync('rsa', { modulusLength: 2048 });

let header = { alg: 'RS256', kid: '' };
let claims: JWTPayload = {};
let published: z.infer<typeof jwk>;

const part = (token: string, index: number): unknown => JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString());
/** What a token is answered where any good token would do. */
const statusWith = async (token: string) => (await call('GET', '/roles/', { token })).status;
const signed = (payload: JWTPayload, changes: object = {}) => new SignJWT(payload).setProtectedHeader({ ...header, ...changes }).sign(own.privateKey);

beforeAll(async () => {
  const good = await tokenOf('administrateur');
  expect(await statusWith(good)).toBe(200);
  header = z.looseObject({ alg: z.string(), kid: z.string() }).parse(part(good, 0));
  claims = z.record(z.string(), z.unknown()).parse(part(good, 1));
  const keys = z.object({ keys: z.array(jwk) }).parse(await (await fetch(`${cloud.endpoints.cognito}/${poolId}/.well-known/jwks.json`)).json()).keys;
  const found = keys.find(({ kid }) => kid === header.kid);
  if (found === undefined) throw new Error('the pool does not publish the key that it signs with');
  published = found;
});

describe('a forged token is a 401:', () => {
  it('one without a signature, whatever its algorithm is called', async () => {
    const unsigned = new UnsecuredJWT(claims).encode();
    const body = unsigned.split('.')[1] ?? '';
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
      const head = Buffer.from(JSON.stringify({ ...header, alg })).toString('base64url');
      for (const token of [`${head}.${body}.`, `${head}.${body}`]) expect(await statusWith(token), alg).toBe(401);
    }
    expect(await statusWith(unsigned)).toBe(401);
  });

  it('one signed with HS256 and the public key of the pool as the secret', async () => {
    const key = createPublicKey({ key: published, format: 'jwk' });
    const secrets = [
      key.export({ type: 'spki', format: 'pem' }),
      key.export({ type: 'pkcs1', format: 'pem' }),
      key.export({ type: 'spki', format: 'der' }),
      JSON.stringify(published),
      published.n,
    ];
    for (const secret of secrets) {
      const token = await new SignJWT(claims).setProtectedHeader({ ...header, alg: 'HS256' }).sign(createSecretKey(Buffer.from(secret)));
      expect(await statusWith(token)).toBe(401);
    }
  });

  it('one signed with a key of the forger under the name of the key of the pool, or with the key in its header', async () => {
    const ownKey = own.publicKey.export({ format: 'jwk' });
    for (const changes of [
      {},
      { jwk: ownKey },
      { jku: `${cloud.endpoints.cognito}/autre.json`, kid: 'autre' },
      { kid: 'autre' },
      { kid: '../../../../dev/null' },
      { kid: "' OR 1=1 --" },
      { x5u: 'https://example.com/cle.pem' },
    ]) {
      expect(await statusWith(await signed(claims, changes)), JSON.stringify(changes)).toBe(401);
    }
  });

  it('one of another pool', async () => {
    const other = `${poolId.split('_')[0]}_Autre1234`;
    const issuers = [`https://cognito-idp.${cloud.environment['AWS_REGION']}.amazonaws.com/${other}`, `https://example.com/${poolId}`, `${cloud.endpoints.cognito}/${other}`, ''];
    for (const iss of issuers) expect(await statusWith(await signed({ ...claims, iss })), iss).toBe(401);
  });

  it('one whose claims were changed under its signature', async () => {
    const [head, , signature] = (await tokenOf('agent')).split('.');
    for (const changes of [{ username: administrator?.username }, { 'cognito:groups': ['administrateur'] }, { exp: 4_000_000_000 }]) {
      const body = Buffer.from(JSON.stringify({ ...claims, ...changes })).toString('base64url');
      expect(await statusWith(`${head}.${body}.${signature}`)).toBe(401);
    }
  });
});

describe('a token that the pool signed for something else is a 401:', () => {
  const signIn = async (ClientId: string) => {
    const { AuthenticationResult } = await cognito.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: administrator?.username ?? '', PASSWORD: administrator?.password ?? '' } }),
    );
    return AuthenticationResult;
  };

  it('an id token, which says who somebody is and not what they may do', async () => {
    const tokens = await signIn(cloud.outputs['UserPoolClientId'] ?? '');
    expect(await statusWith(tokens?.AccessToken ?? '')).toBe(200);
    expect(await statusWith(tokens?.IdToken ?? '')).toBe(401);
    expect((await postJson('/get_user/', { token: tokens?.IdToken }, tokens?.AccessToken)).status).toBe(401);
  });

  it('an access token of a client of the pool that is no application of ours', async () => {
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId: poolId, ClientName: 'etrangere', ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] }),
    );
    const tokens = await signIn(UserPoolClient?.ClientId ?? '');
    expect(tokens?.AccessToken).toBeDefined();
    expect(await statusWith(tokens?.AccessToken ?? '')).toBe(401);
  });

  it('a refresh token', async () => {
    expect(await statusWith((await signIn(cloud.outputs['UserPoolClientId'] ?? ''))?.RefreshToken ?? '')).toBe(401);
  });
});

describe('what is no token at all is a 401 too, never a defect:', () => {
  it.each([
    ['.'],
    ['..'],
    ['...'],
    ['a.b.c'],
    ['e30.e30.e30'],
    ['x'.repeat(8_000)],
    [`${'e30'}.${Buffer.from('{"__proto__":{}}').toString('base64url')}.e30`],
    ['null'],
    ['undefined'],
  ])('%j', async (token) => {
    expect(await statusWith(token)).toBe(401);
    expect((await postJson('/authentication/token/refresh/', { refresh_token: token })).status).toBe(400);
  });
});
