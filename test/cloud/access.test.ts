import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { call, postJson, tokenOf } from './cloud-client.ts';

const tokens = z.object({ access_token: z.string(), refresh_token: z.string() });

describe('who may call', () => {
  it.each([
    ['POST', '/reconciliation/'],
    ['POST', '/reconciliation'],
    ['POST', '/cinetpay/'],
    ['POST', '/get_user/'],
  ])('%s %s without a token is a 401 that asks for one', async (method, path) => {
    const answer = await call(method, path, { body: '{}' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.body).toMatchObject({ status: 401, detail: expect.any(String) });
  });

  it('a token that was tampered with is a 401', async () => {
    const token = await tokenOf('agent');
    const [header, payload, signature] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()), username: 'administrateur-local' })).toString('base64url');
    for (const bad of [`${header}.${forged}.${signature}`, `${token}x`, 'x', '']) {
      expect(await call('POST', '/reconciliation/', { token: bad, body: '{}' })).toMatchObject({ status: 401 });
    }
  });

  it('reads are open in the local stage, with and without the final slash', async () => {
    for (const path of ['/operateurs', '/operateurs/', '/taches', '/taches/', '/profiles/']) expect((await call('GET', path)).status).toBe(200);
  });

  it('an id that names nothing is a 404', async () => {
    for (const path of ['/operateurs/999', '/taches/999999', '/taches/abc', '/details_taches/999999', '/profiles/999999']) expect((await call('GET', path)).status).toBe(404);
  });

  it('the operators are those of the seed, ordered by name', async () => {
    const { body } = await call('GET', '/operateurs/');
    const operators = z.array(z.strictObject({ id: z.int(), nom: z.string(), description: z.string(), account: z.string(), code: z.string() })).parse(body);
    expect(operators.filter(({ id }) => id < 1_000)).toHaveLength(17);
    expect(operators).toContainEqual({ id: 1, nom: 'DDVA Orange CI', description: "DDVA Orange Cote d'Ivoire", account: '0789248344', code: 'DDVAOMCI' });
    expect(operators.map(({ nom }) => nom)).toEqual(operators.map(({ nom }) => nom).toSorted((one, other) => one.localeCompare(other, 'fr')));
  });
});

describe('sign-in', () => {
  it('a new user registers, signs in, refreshes, and is refused once revoked', async () => {
    const username = `agent ${Date.now()}`.replace(' ', '.');
    const password = '12@hkdshdn';
    const registered = await postJson('/authentication/register/', { username, password });
    expect(registered).toMatchObject({ status: 200, body: { expires_in: 36000, token_type: 'Bearer', scope: 'read write' } });
    expect(await postJson('/authentication/register/', { username, password })).toMatchObject({ status: 400, body: { username: [expect.any(String)] } });
    const signedIn = await postJson('/authentication/token/', { username, password });
    expect(signedIn).toMatchObject({ status: 200, body: { profile: [{ telephone: '', matricule: '' }], details: { usename: username } } });
    const { token } = z.object({ token: tokens }).parse(signedIn.body);
    const refreshed = tokens.parse((await postJson('/authentication/token/refresh/', { refresh_token: token.refresh_token })).body);
    expect(await postJson('/get_user/', { token: refreshed.access_token }, token.access_token)).toMatchObject({
      status: 200,
      body: { details: { usename: username, role: { libelle: 'agent' } } },
    });
    expect(await postJson('/authentication/token/revoke/', { token: token.refresh_token })).toMatchObject({ status: 200, body: { message: 'token revoked' } });
    for (const revoked of [token.access_token, refreshed.access_token]) expect((await postJson('/get_user/', { token: revoked }, revoked)).status).toBe(401);
    expect(await postJson('/authentication/token/refresh/', { refresh_token: token.refresh_token })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('a wrong password and an unknown user are told the same', async () => {
    const wrong = await postJson('/authentication/token/', { username: 'agent-local', password: 'pas celui-là 1' });
    const unknown = await postJson('/authentication/token/', { username: 'personne', password: 'pas celui-là 1' });
    expect([wrong.status, wrong.body]).toEqual([400, { error: 'invalid_grant', error_description: "Nom d'utilisateur ou mot de passe incorrect." }]);
    expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body]);
  });

  it.each(['court#1', 'sansespeciaux1', 'sanschiffre#'])('the password %s is too weak', async (password) => {
    expect(await postJson('/authentication/register/', { username: 'faible', password })).toMatchObject({
      status: 400,
      body: { password: [expect.stringContaining('10 caractères')] },
    });
  });
});

describe('GET /taches/', () => {
  it('pages through every tache once, by the Link header', async () => {
    const seen: number[] = [];
    let path: string | undefined = '/taches/?limit=2';
    while (path !== undefined) {
      const answer = await call('GET', path);
      seen.push(
        ...z
          .array(z.object({ id: z.number() }))
          .parse(answer.body)
          .map(({ id }) => id),
      );
      const link = /<([^>]+)>; rel="next"/u.exec(answer.headers.get('link') ?? '')?.[1];
      path = link === undefined ? undefined : new URL(link).pathname + new URL(link).search;
    }
    expect(seen).toEqual([...new Set(seen)].toSorted((one, other) => other - one));
  });

  it.each(['limit=0', 'limit=x', 'cursor=x', 'etat=PERDU', 'dateDebut=hier'])('a bad %s is a 400 that names it', async (query) => {
    expect(await call('GET', `/taches/?${query}`)).toMatchObject({ status: 400, body: { errors: { [query.split('=')[0] ?? '']: [expect.any(String)] } } });
  });

  it('empty filters filter nothing, and the old spelling of the operator works', async () => {
    expect((await call('GET', '/taches/?operateur=&dateDebut=&etat=&fileName__icontains=')).status).toBe(200);
    const { body } = await call('GET', '/taches/?opateur__pk=OMCI');
    for (const { operateur } of z.array(z.object({ operateur: z.number() })).parse(body)) expect(operateur).toBe(2);
  });
});
