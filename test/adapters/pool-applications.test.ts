import { DeleteUserPoolClientCommand, DescribeUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RESOURCE_SERVER } from '../../lib/adapters/cognito/pool-scopes.ts';
import type { ApplicationWish } from '../../lib/core/application.ts';
import { type AccessClaims, SCOPES } from '../../lib/core/tokens.ts';
import type { ApplicationClients, ApplicationTokens, ClientCredentials, Identity } from '../../lib/ports.ts';
import { CLIENT, PASSWORD, POOL, REGION, registered, signedIn, startTestPool, type TestPool } from '../local/cognito/test-pool.ts';

let pool: TestPool;
let clients: ApplicationClients;
let tokens: ApplicationTokens;
let verify: Identity['verify'];
let made = 0;

beforeAll(async () => {
  pool = await startTestPool();
  Object.assign(process.env, { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: pool.server.url, AWS_REGION: REGION, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  await pool.server.createResourceServer(POOL, { identifier: RESOURCE_SERVER, name: RESOURCE_SERVER, scopes: SCOPES.map((name) => ({ name, description: name })) });
  clients = (await import('../../lib/adapters/cognito/application-clients.ts')).cognitoApplicationClients(POOL);
  tokens = (await import('../../lib/adapters/cognito/application-tokens.ts')).cognitoApplicationTokens(`https://demo.auth.${REGION}.amazoncognito.com/oauth2/token`);
  verify = (await import('../../lib/adapters/cognito/identity.ts')).cognitoIdentity(POOL, CLIENT).verify;
  await registered(pool, 'awa');
});

afterAll(() => pool.end());

async function application(changes: Partial<ApplicationWish>): Promise<ClientCredentials> {
  made += 1;
  const client = await clients.create(made, { name: 'Comptoir', clientType: 'confidential', grantType: 'client-credentials', redirectUris: [], algorithm: '', ...changes });
  if (typeof client === 'string') throw new Error(client);
  return client;
}

const settingsOf = async ({ clientId }: ClientCredentials) => (await pool.cognito.send(new DescribeUserPoolClientCommand({ UserPoolId: POOL, ClientId: clientId }))).UserPoolClient;
const claimsOf = async (accessToken: string | undefined): Promise<AccessClaims | undefined> => verify(accessToken ?? '');

describe('an application in the pool', () => {
  it.each([
    ['client-credentials', ['client_credentials'], ['ALLOW_REFRESH_TOKEN_AUTH']],
    ['password', [], ['ALLOW_USER_PASSWORD_AUTH']],
    ['authorization-code', ['code'], ['ALLOW_REFRESH_TOKEN_AUTH']],
    ['implicit', ['implicit'], ['ALLOW_REFRESH_TOKEN_AUTH']],
    ['openid-hybrid', ['code', 'implicit'], ['ALLOW_REFRESH_TOKEN_AUTH']],
  ] as const)('of type %s can do what the type needs, for ten hours at a time, and no more', async (grantType, flows, authFlows) => {
    const client = await application({ grantType, redirectUris: ['https://app.example/retour', 'http://localhost:3000/'] });
    const settings = await settingsOf(client);
    expect(settings?.AllowedOAuthFlows ?? []).toEqual(flows);
    expect(settings).toMatchObject({
      ClientName: `application-${made}`,
      AccessTokenValidity: 10,
      TokenValidityUnits: { AccessToken: 'hours' },
      ExplicitAuthFlows: authFlows,
      CallbackURLs: ['https://app.example/retour', 'http://localhost:3000/'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
    });
  });

  it('has a secret unless it is public', async () => {
    expect((await application({})).secret).toMatch(/^\w{40,}$/u);
    expect((await application({ clientType: 'public', grantType: 'password' })).secret).toBeUndefined();
  });

  it('with an address that the pool does not take is refused, not lost', async () => {
    const wish: ApplicationWish = { name: 'x', clientType: 'confidential', grantType: 'implicit', redirectUris: ['http://app.example/'], algorithm: '' };
    expect(await clients.create(99, wish)).toBe('redirects-refused');
  });
});

describe('a machine', () => {
  it('gets a token at the pool’s domain that says which application it is and what it may do', async () => {
    const client = await application({});
    const { accessToken, expiresIn } = await tokens.signInItself(client, ['read', 'write']);
    expect(expiresIn).toBe(36_000);
    expect(await claimsOf(accessToken)).toMatchObject({ kind: 'machine', issuedTo: client.clientId, scopes: ['read', 'write'] });
    expect(await claimsOf((await tokens.signInItself(client, ['read'])).accessToken)).toMatchObject({ scopes: ['read'] });
  });

  it('has another sign-in with each token', async () => {
    const client = await application({});
    const signIns = await Promise.all([1, 2].map(async () => (await claimsOf((await tokens.signInItself(client, ['read'])).accessToken))?.signIn));
    expect(new Set(signIns).size).toBe(2);
  });

  it('whose secret the pool refuses is a defect of ours, told without the secret', async () => {
    const client = await application({});
    await pool.cognito.send(new DeleteUserPoolClientCommand({ UserPoolId: POOL, ClientId: client.clientId }));
    const failure = await tokens.signInItself(client, ['read']).catch((error: unknown) => error);
    expect(String(failure)).toBe('Error: the token endpoint refuses: 400 invalid_client');
  });
});

describe.each(['confidential', 'public'] as const)('a user of a %s application', (clientType) => {
  it('signs in with name and password, and is told apart from those of the back office', async () => {
    const client = await application({ clientType, grantType: 'password' });
    const given = await tokens.signIn(client, 'awa', PASSWORD);
    expect(await claimsOf(given?.accessToken)).toMatchObject({ kind: 'user', username: 'awa', issuedTo: client.clientId });
    expect(await claimsOf((await signedIn(pool, 'awa')).AccessToken)).toMatchObject({ kind: 'user', username: 'awa', issuedTo: undefined });
  });

  it('is refused with a wrong password or an unknown name', async () => {
    const client = await application({ clientType, grantType: 'password' });
    expect(await tokens.signIn(client, 'personne', PASSWORD)).toBeUndefined();
    await registered(pool, `maladroit-${clientType}`);
    expect(await tokens.signIn(client, `maladroit-${clientType}`, 'Motdepasse#2')).toBeUndefined();
  });

  it('renews with a token that changes each time, in the same sign-in, and only through that application', async () => {
    const [client, other] = [await application({ clientType, grantType: 'password' }), await application({ clientType, grantType: 'password' })];
    const first = await tokens.signIn(client, 'awa', PASSWORD);
    expect(await tokens.refresh(other, first?.refreshToken ?? '')).toBeUndefined();
    const second = await tokens.refresh(client, first?.refreshToken ?? '');
    expect(second?.refreshToken).not.toBe(first?.refreshToken);
    expect((await claimsOf(second?.accessToken))?.signIn).toBe((await claimsOf(first?.accessToken))?.signIn);
    pool.advance(11);
    expect(await tokens.refresh(client, first?.refreshToken ?? '')).toBeUndefined();
    expect(await tokens.refresh(client, 'inventé')).toBeUndefined();
  });
});

describe('a token', () => {
  it('that another pool signed in the name of this one is not good', async () => {
    const stranger = await startTestPool();
    await registered(stranger, 'awa');
    const { AccessToken } = await signedIn(stranger, 'awa');
    await stranger.end();
    expect(await claimsOf(AccessToken)).toBeUndefined();
  });

  it('that is for something else is not good: an id token, a refresh token, a word', async () => {
    const { IdToken, RefreshToken } = await signedIn(pool, 'awa');
    for (const token of [IdToken, RefreshToken, 'x', 'a.b.c', '']) expect(await claimsOf(token)).toBeUndefined();
  });
});
