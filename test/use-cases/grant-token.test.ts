import { describe, expect, it } from 'vitest';
import { grantToken, type TokenWish } from '../../lib/use-cases/grant-token.ts';
import { revokeToken } from '../../lib/use-cases/sign-in.ts';
import { holderOf } from '../../lib/use-cases/token-holder.ts';
import { anApplication, applicationsInMemory } from './applications-in-memory.ts';
import { reasonOf } from './failing.ts';
import { peopleInMemory } from './people-in-memory.ts';

const PASSWORD: TokenWish = { grant: 'password', username: 'awa', password: 'bon' };
const MACHINE: TokenWish = { grant: 'client_credentials', scopes: undefined };
const stage = () => ({ ...peopleInMemory([]), ...applicationsInMemory() });
const refresh = (refreshToken = ''): TokenWish => ({ grant: 'refresh_token', refreshToken });

describe('an application proves which one it is', () => {
  it.each([
    ['nothing', undefined],
    ['an unknown id', { clientId: 'inconnu', secret: 'secret-1' }],
    ['a wrong secret', { clientId: 'client1', secret: 'secret-2' }],
    ['no secret', { clientId: 'client1', secret: undefined }],
  ])('and with %s is told no more than that', async (_what, client) => {
    const deps = stage();
    await anApplication(deps);
    expect(await reasonOf(grantToken(deps, client, MACHINE))).toEqual({ code: 'invalid-client', detail: 'Application inconnue ou secret incorrect.' });
  });

  it('by its id alone where it is public, and then shows no secret', async () => {
    const deps = stage();
    const { client } = await anApplication(deps, { clientType: 'public', grantType: 'password' });
    expect(await grantToken(deps, client, PASSWORD)).toMatchObject({ accessToken: expect.any(String) });
    expect(await reasonOf(grantToken(deps, { ...client, secret: 'devine' }, PASSWORD))).toMatchObject({ code: 'invalid-client' });
  });

  it('before anything is said about what it asks for', async () => {
    const deps = stage();
    const { client } = await anApplication(deps);
    expect(await reasonOf(grantToken(deps, { ...client, secret: 'faux' }, PASSWORD))).toMatchObject({ code: 'invalid-client' });
    expect(await reasonOf(grantToken(deps, client, PASSWORD))).toMatchObject({ code: 'token-refused', error: 'unauthorized_client' });
  });
});

describe('an application that signs in for itself', () => {
  it('gets both scopes unless it asks for fewer, and nothing to renew', async () => {
    const deps = stage();
    const { client } = await anApplication(deps);
    expect(await grantToken(deps, client, MACHINE)).toMatchObject({ scopes: ['read', 'write'], refreshToken: undefined });
    expect(await grantToken(deps, client, { ...MACHINE, scopes: ['read'] })).toMatchObject({ scopes: ['read'] });
  });

  it('works as an agent whose name no user and no other application has', async () => {
    const deps = stage();
    const [one, other] = [await anApplication(deps, { name: 'Comptoir' }), await anApplication(deps, { name: 'Comptoir' })];
    const names = [];
    for (const { client } of [one, other]) {
      const holder = await holderOf(deps, (await grantToken(deps, client, MACHINE)).accessToken);
      expect(holder).toMatchObject({ groups: ['agent'], scopes: ['read', 'write'] });
      names.push(holder?.username);
    }
    expect(names).toEqual(['application:1', 'application:2']);
  });

  it('is nobody any more once it is taken out of the registry', async () => {
    const deps = stage();
    const { client } = await anApplication(deps);
    const { accessToken } = await grantToken(deps, client, MACHINE);
    deps.applications.forget(client.clientId);
    expect(await holderOf(deps, accessToken)).toBeUndefined();
  });

  it('may do nothing where its token has none of our scopes', async () => {
    const deps = stage();
    const { application } = await anApplication(deps);
    deps.claims.set('nu', { kind: 'machine', issuedTo: application.clientId, scopes: [], signIn: 's', issuedAt: 1_999_964_000, expiresAt: 2_000_000_000 });
    expect(await holderOf(deps, 'nu')).toMatchObject({ groups: [], scopes: [] });
  });
});

describe('a user who signs in through an application', () => {
  const withPassword = async () => {
    const deps = stage();
    return { deps, client: (await anApplication(deps, { grantType: 'password' })).client };
  };

  it('is who they are everywhere, and has a profile', async () => {
    const { deps, client } = await withPassword();
    const { accessToken } = await grantToken(deps, client, PASSWORD);
    expect(await holderOf(deps, accessToken)).toEqual({ username: 'awa', groups: ['agent'], scopes: ['read', 'write'] });
    expect(await deps.users.find('awa')).toMatchObject({ username: 'awa' });
    expect(await deps.memberships.of('awa')).toMatchObject({ groups: ['agent'] });
  });

  it('with a wrong password gets an invalid_grant', async () => {
    const { deps, client } = await withPassword();
    expect(await reasonOf(grantToken(deps, client, { ...PASSWORD, password: 'faux' }))).toMatchObject({ code: 'invalid-grant' });
  });

  it('cannot be called as what is no user', async () => {
    const { deps, client } = await withPassword();
    for (const username of ['depot', 'application:1']) expect(await reasonOf(grantToken(deps, client, { ...PASSWORD, username }))).toMatchObject({ code: 'invalid-grant' });
    deps.claims.set('volé', { kind: 'user', issuedTo: undefined, username: 'application:1', groups: ['agent'], signIn: 's', issuedAt: 1_999_964_000, expiresAt: 2_000_000_000 });
    expect(await holderOf(deps, 'volé')).toBeUndefined();
  });

  it('renews through that application only, and with the newest refresh token', async () => {
    const { deps, client } = await withPassword();
    const other = await anApplication(deps, { grantType: 'password' });
    const first = await grantToken(deps, client, PASSWORD);
    expect(await reasonOf(grantToken(deps, other.client, refresh(first.refreshToken)))).toMatchObject({ code: 'invalid-grant' });
    const second = await grantToken(deps, client, refresh(first.refreshToken));
    expect(await reasonOf(grantToken(deps, client, refresh(first.refreshToken)))).toMatchObject({ code: 'invalid-grant' });
    expect(await grantToken(deps, client, refresh(second.refreshToken))).toMatchObject({ refreshToken: expect.any(String) });
  });

  it('is signed out by any refresh token that was ever given: nothing renews, and no access token of that sign-in is good', async () => {
    const { deps, client } = await withPassword();
    const first = await grantToken(deps, client, PASSWORD);
    const second = await grantToken(deps, client, refresh(first.refreshToken));
    const elsewhere = await grantToken(deps, client, PASSWORD);
    await revokeToken(deps, first.refreshToken ?? '');
    expect(await reasonOf(grantToken(deps, client, refresh(second.refreshToken)))).toMatchObject({ code: 'invalid-grant' });
    for (const { accessToken } of [first, second]) expect(await holderOf(deps, accessToken)).toBeUndefined();
    expect(await holderOf(deps, elsewhere.accessToken)).toMatchObject({ username: 'awa' });
  });
});

describe('a token of an application', () => {
  it('is revoked as it is: that one, and not the next', async () => {
    const deps = stage();
    const { client } = await anApplication(deps);
    const [one, other] = [await grantToken(deps, client, MACHINE), await grantToken(deps, client, MACHINE)];
    await revokeToken(deps, one.accessToken);
    expect(await holderOf(deps, one.accessToken)).toBeUndefined();
    expect(await holderOf(deps, other.accessToken)).toMatchObject({ username: 'application:1' });
  });
});
