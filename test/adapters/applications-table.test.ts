import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Application } from '../../lib/core/application.ts';
import type { Applications, RefreshTokens } from '../../lib/ports.ts';
import { startRegistry } from '../functions/registry-table.ts';

let stop = () => {};
let applications: Applications;
let refreshTokens: RefreshTokens;

beforeAll(async () => {
  stop = await startRegistry();
  applications = (await import('../../lib/adapters/dynamodb/applications.ts')).dynamoApplications('registry');
  refreshTokens = (await import('../../lib/adapters/dynamodb/refresh-tokens.ts')).dynamoRefreshTokens('registry');
});

afterAll(() => stop());

async function saved(changes: Partial<Application> = {}, secretDigest?: string): Promise<Application> {
  const id = await applications.nextId();
  const application: Application = {
    id,
    name: `Comptoir ${id}`,
    clientId: `client${id}`,
    clientType: 'confidential',
    grantType: 'password',
    redirectUris: [],
    algorithm: '',
    ...changes,
  };
  await applications.save(application, secretDigest);
  return application;
}

describe('the applications of a registry', () => {
  it('are found by their client id, with the digest of their secret', async () => {
    const application = await saved({ redirectUris: ['https://a.example/', 'https://b.example/'], algorithm: 'RS256', name: 'é«»<&' }, 'abc');
    expect(await applications.byClientId(application.clientId)).toEqual({ application, secretDigest: 'abc' });
    expect(await applications.byClientId((await saved({ clientType: 'public' })).clientId)).toMatchObject({ secretDigest: undefined });
    expect(await applications.byClientId('inconnu')).toBeUndefined();
  });

  it('are listed by id, each once, page by page, without their digests', async () => {
    for (let index = 0; index < 12; index += 1) await saved({}, 'abc');
    const everything = (await applications.list(100, undefined)).applications;
    const seen: Application[] = [];
    let after: number | undefined;
    do {
      const page = await applications.list(5, after);
      expect(page.applications.length).toBeGreaterThan(0);
      seen.push(...page.applications);
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(everything);
    expect(seen.map(({ id }) => id)).toEqual(seen.map(({ id }) => id).toSorted((one, other) => one - other));
    expect(JSON.stringify(seen)).not.toContain('abc');
  });

  it('end their last page without a next one', async () => {
    const { length } = (await applications.list(100, undefined)).applications;
    expect((await applications.list(length, undefined)).next).toBeUndefined();
  });
});

describe('a noted refresh token', () => {
  it('tells its sign-in', async () => {
    await refreshTokens.remember('jeton.de.renouvellement', 'connexion', 2_000_000_000);
    expect(await refreshTokens.signInOf('jeton.de.renouvellement')).toEqual({ signIn: 'connexion', expiresAt: 2_000_000_000 });
    expect(await refreshTokens.signInOf('jeton.de.renouvellemenT')).toBeUndefined();
  });
});
