import { SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../lib/ports.ts';
import { identityContract } from '../fakes/contracts/identity-contract.ts';
import { identityInMemory } from '../fakes/identity-in-memory.ts';
import { CLIENT, PASSWORD, POOL, REGION, registered, signedIn, startTestPool, type TestPool } from '../local/cognito/test-pool.ts';

let pool: TestPool;
let adapter: () => Identity;

beforeAll(async () => {
  pool = await startTestPool();
  Object.assign(process.env, { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: pool.server.url, AWS_REGION: REGION, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  await pool.server.createGroup(POOL, 'agent');
  const { cognitoIdentity } = await import('../../lib/adapters/cognito/identity.ts');
  adapter = () => cognitoIdentity(POOL, CLIENT);
});
afterAll(() => pool.end());

describe('a user pool', () => {
  identityContract(async () => adapter());

  it('goes on with a registration that broke off before it was confirmed, for its own password alone', async () => {
    await pool.cognito.send(new SignUpCommand({ ClientId: CLIENT, Username: 'interrompue', Password: PASSWORD }));
    expect(await adapter().goOnRegistering('interrompue', `${PASSWORD}x`)).toBeUndefined();
    expect(await adapter().signIn('interrompue', PASSWORD)).toBeUndefined();
    const tokens = await adapter().goOnRegistering('interrompue', PASSWORD);
    expect(await adapter().verify(tokens?.accessToken ?? '')).toMatchObject({ username: 'interrompue' });
  });

  it('verifies an id token as no access token', async () => {
    await registered(pool, 'identite');
    expect(await adapter().verify((await signedIn(pool, 'identite')).IdToken)).toBeUndefined();
  });

  it('verifies a token that somebody changed as none', async () => {
    await registered(pool, 'change');
    const [head = '', payload = '', signature = ''] = (await signedIn(pool, 'change')).AccessToken.split('.');
    const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), username: 'racine', 'cognito:groups': ['administrateur'] };
    const forged = [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    expect(await adapter().verify(forged)).toBeUndefined();
    expect(await adapter().verify([head, payload, signature].join('.'))).toMatchObject({ username: 'change' });
  });
});

describe('a user pool in memory', () => identityContract(async () => identityInMemory()));
