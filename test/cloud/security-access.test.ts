import { AdminSetUserPasswordCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { registeredAnswer } from '../../lib/http/schemas/application.ts';
import { signInAnswer } from '../../lib/http/schemas/authentication.ts';
import { call, postJson, tokenOf } from './cloud-client.ts';

const cloud = inject('cloud');
const cognito = new CognitoIdentityProviderClient({
  region: cloud.environment['AWS_REGION'] ?? '',
  endpoint: cloud.endpoints.cognito,
  credentials: { accessKeyId: cloud.environment['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: cloud.environment['AWS_SECRET_ACCESS_KEY'] ?? '' },
});
const PASSWORD = 'mot-de-passe-choisi-1';
const run = Date.now();
const tokens = z.object({ access_token: z.string(), refresh_token: z.string() });

let administrator = '';
beforeAll(async () => {
  administrator = await tokenOf('administrateur');
});

const signIn = (username: string, password = PASSWORD) => postJson('/authentication/token/', { username, password });
const patch = (path: string, value: object, token: string) => call('PATCH', path, { token, body: JSON.stringify(value), headers: { 'content-type': 'application/json' } });

async function register(username: string, more: object = {}): Promise<string> {
  return tokens.parse((await postJson('/authentication/register/', { username, password: PASSWORD, ...more })).body).access_token;
}

describe('what somebody may do', () => {
  it('ends for the tokens that they hold as soon as an administrator puts them in a lower group', async () => {
    const username = `retrograde.${run}`;
    const invited = await postJson('/profiles/', { username, email: `${username}@example.com`, groupe: 'administrateur' }, administrator);
    const { id } = z.object({ id: z.int() }).parse(invited.body);
    await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId: cloud.outputs['UserPoolId'], Username: username, Password: PASSWORD, Permanent: true }));
    const { access_token: token } = signInAnswer.parse((await signIn(username)).body).token;
    expect((await call('GET', '/operateurs/2/profil', { token })).status).toBe(200);
    expect((await patch(`/profiles/${id}`, { groupe: 'agent' }, administrator)).status).toBe(200);
    expect((await call('GET', '/operateurs/2/profil', { token })).status).toBe(403);
    expect((await call('GET', '/roles/', { token })).status).toBe(200);
  });
});

describe('fields that nobody asked for', () => {
  it('make nobody more than an agent at registration', async () => {
    const token = await register(`surcharge.${run}`, {
      groupe: 'administrateur',
      groups: ['administrateur'],
      'cognito:groups': ['administrateur'],
      role: 1,
      is_staff: true,
      is_superuser: true,
    });
    expect((await call('GET', '/operateurs/2/profil', { token })).status).toBe(403);
    expect(await postJson('/get_user/', { token }, token)).toMatchObject({ body: { details: { role: { libelle: 'agent' } } } });
  });

  it('do not change a profile: those of administrators and those that do not exist are refused by name', async () => {
    const token = await register(`profil.${run}`);
    const { profile } = z.object({ profile: z.array(z.object({ id: z.int() })) }).parse((await postJson('/get_user/', { token }, token)).body);
    const path = `/profiles/${profile[0]?.id}`;
    for (const field of ['groupe', 'role', 'username', 'isAdmin', 'placedAt']) {
      const answer = await patch(path, { telephone: '0700000003', [field]: field === 'role' ? 1 : 'administrateur' }, token);
      expect([field, answer.status, answer.body]).toEqual([field, 400, expect.objectContaining({ errors: { [field]: [expect.any(String)] } })]);
    }
    expect((await call('GET', path)).body).toMatchObject({ telephone: '' });
  });

  it('give a tache no other owner, state or figures', async () => {
    const token = await tokenOf('agent');
    const row = { Date: '03/01/2026', Heure: '10:00:00', Référence: `surcharge-${run}`, Statut: 'Succès', Crédit: '1 000', Correspondant: '0701020304', 'Compte OM': '0700000001' };
    const answer = await postJson(
      '/reconciliation/',
      {
        operateur: 'OMCI',
        fichier: [row],
        fileName: `surcharge ${run}.json`,
        owner: 'administrateur-local',
        id: 1,
        etat: 'TERMINEE',
        montantCinetpay: 5,
        pk: 'compteur',
        sk: 'tache',
      },
      token,
    );
    expect(answer).toMatchObject({ status: 200, body: { details: { owner: 'agent-local', etat: 'CREATION', montantCinetpay: 'ENCOURS' } } });
  });

  it('choose no id and no secret for an application', async () => {
    const answer = await postJson('/o/applications/register/', { name: 'Choisie', client_id: 'choisi', client_secret: 'choisi', id: 1 });
    const { client_id, client_secret } = registeredAnswer.parse(answer.body);
    expect([client_id, client_secret]).not.toContain('choisi');
    expect(client_secret.length).toBeGreaterThanOrEqual(40);
  });
});

describe('guessing a password', () => {
  it('locks the name after five wrong ones: even the right one is then a 400 that says nothing new', async () => {
    const username = `devine.${run}`;
    await register(username);
    const wrong = [];
    for (let attempt = 0; attempt < 9; attempt += 1) wrong.push(await signIn(username, `pas-celui-la-${attempt}`));
    const right = await signIn(username);
    expect(new Set([...wrong, right].map(({ status, body }) => JSON.stringify([status, body])))).toEqual(
      new Set([JSON.stringify([400, { error: 'invalid_grant', error_description: "Nom d'utilisateur ou mot de passe incorrect." }])]),
    );
  });

  it('of a name that nobody has looks the same', async () => {
    const [known, unknown] = [await signIn('agent-local', 'pas-celui-la-1'), await signIn(`personne.${run}`, 'pas-celui-la-1')];
    expect(unknown).toMatchObject({ status: known.status, body: known.body });
  });
});
