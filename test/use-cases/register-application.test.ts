import { describe, expect, it } from 'vitest';
import { anApplication, applicationsInMemory } from './applications-in-memory.ts';
import { reasonOf } from './failing.ts';

describe('a new application', () => {
  it('is kept with everything but its secret, of which a digest is kept', async () => {
    const deps = applicationsInMemory();
    const { application, client } = await anApplication(deps, { name: 'Comptoir d’Abidjan (n° 2)' });
    const kept = await deps.applications.byClientId(client.clientId);
    expect(kept?.application).toEqual({ ...application, id: 1, name: 'Comptoir d’Abidjan (n° 2)' });
    expect(kept?.secretDigest).toMatch(/^[0-9a-f]{64}$/u);
    expect(JSON.stringify(kept)).not.toContain(client.secret);
  });

  it('that is public has no secret', async () => {
    const deps = applicationsInMemory();
    const { client } = await anApplication(deps, { clientType: 'public', grantType: 'password' });
    expect(client.secret).toBeUndefined();
    expect(await deps.applications.byClientId(client.clientId)).toMatchObject({ secretDigest: undefined });
  });

  it('is told every fault at once, under the names that the caller knows, and nothing is made of it', async () => {
    const deps = applicationsInMemory();
    const reason = await reasonOf(anApplication(deps, { clientType: 'public', redirectUris: ['retour', 'http://app.example/'], algorithm: 'HS256' }));
    expect(reason).toMatchObject({
      code: 'invalid-request',
      errors: {
        redirect_uris: [expect.stringContaining('« retour »'), expect.stringContaining('https')],
        authorization_grant_type: [expect.stringContaining('secret')],
        algorithm: [expect.stringContaining('HS256')],
      },
    });
    expect((await deps.applications.list(10, undefined)).applications).toEqual([]);
  });

  it('whose addresses the pool refuses, or for which it has no room, is refused in words', async () => {
    const deps = applicationsInMemory();
    const withAddress = (uri: string) => reasonOf(anApplication(deps, { grantType: 'implicit', redirectUris: [uri] }));
    expect(await withAddress('https://refuse.example/')).toMatchObject({ code: 'invalid-request', errors: { redirect_uris: [expect.any(String)] } });
    expect(await withAddress('https://plein.example/')).toMatchObject({ code: 'conflict' });
  });
});
