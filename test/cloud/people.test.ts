import { AdminSetUserPasswordCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { signInAnswer } from '../../lib/http/schemas/authentication.ts';
import { type Answer, call, postJson, tokenOf } from './cloud-client.ts';

const cloud = inject('cloud');
const cognito = new CognitoIdentityProviderClient({
  region: cloud.environment['AWS_REGION'] ?? '',
  endpoint: cloud.endpoints.cognito,
  credentials: { accessKeyId: cloud.environment['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: cloud.environment['AWS_SECRET_ACCESS_KEY'] ?? '' },
});

const FIRST_PASSWORD = 'premier-mot-de-passe-1';
const OWN_PASSWORD = 'mon-mot-de-passe-1';

let administrator = '';
let invited = 0;

beforeAll(async () => {
  administrator = await tokenOf('administrateur');
});

const sendJson = (method: string, path: string, value: unknown, token: string): Promise<Answer> =>
  call(method, path, { body: JSON.stringify(value), headers: { 'content-type': 'application/json' }, token });

/** Invites somebody. The letter with the first password goes nowhere here: it is set to one that the test knows. */
async function invite(changes: Readonly<Record<string, unknown>>): Promise<{ readonly username: string; readonly id: number }> {
  invited += 1;
  const username = `invite.${Date.now()}.${invited}`;
  const answer = await postJson('/profiles/', { username, email: `${username}@example.com`, ...changes }, administrator);
  expect(answer).toMatchObject({ status: 201, body: { details: { usename: username } } });
  await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId: cloud.outputs['UserPoolId'], Username: username, Password: FIRST_PASSWORD, Permanent: false }));
  return { username, id: z.object({ id: z.int() }).parse(answer.body).id };
}

const signIn = (username: string, password: string, more: Readonly<Record<string, unknown>> = {}) => postJson('/authentication/token/', { username, password, ...more });

async function ownToken(username: string): Promise<string> {
  const first = await signIn(username, FIRST_PASSWORD, { new_password: OWN_PASSWORD });
  return signInAnswer.parse(first.status === 200 ? first.body : (await signIn(username, OWN_PASSWORD)).body).token.access_token;
}

describe('somebody who was invited', () => {
  it('chooses their own password at the first sign-in, and is told so only with the first one in hand', async () => {
    const { username } = await invite({ groupe: 'agent' });
    expect(await signIn(username, 'un-autre-mot-1')).toMatchObject({ status: 400, body: { error: 'invalid_grant', error_description: expect.stringContaining('incorrect') } });
    expect(await signIn(username, FIRST_PASSWORD)).toMatchObject({ status: 400, body: { error: 'invalid_grant', error_description: expect.stringContaining('new_password') } });
    expect(await signIn(username, FIRST_PASSWORD, { new_password: 'court' })).toMatchObject({ status: 400, body: { new_password: [expect.any(String)] } });
    expect(await signIn(username, 'un-autre-mot-1', { new_password: OWN_PASSWORD })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await signIn(username, FIRST_PASSWORD, { new_password: OWN_PASSWORD })).status).toBe(200);
    expect((await signIn(username, FIRST_PASSWORD)).status).toBe(400);
    expect((await signIn(username, OWN_PASSWORD)).status).toBe(200);
  });

  it('has the group, the role and the texts that they were given', async () => {
    const role = await postJson('/roles/', { libelle: `agent de la recette ${Date.now()}`, parent: 2 }, administrator);
    const { id: roleId } = z.object({ id: z.int() }).parse(role.body);
    const { username } = await invite({ groupe: 'agent', role: roleId, fonction: 'Agente', matricule: 'M-9', nom: 'Koné' });
    const token = await ownToken(username);
    expect(await postJson('/get_user/', { token }, token)).toMatchObject({
      status: 200,
      body: { profile: [{ fonction: 'Agente', matricule: 'M-9' }], details: { nom: 'Koné', usename: username, role: { id: roleId, parent: 2 } } },
    });
  });

  it('without a group may sign in and nothing more, until an administrator gives them one', async () => {
    const { username, id } = await invite({});
    const token = await ownToken(username);
    expect((await call('GET', '/roles/', { token })).status).toBe(403);
    expect((await sendJson('PATCH', `/profiles/${id}`, { groupe: 'superviseur' }, administrator)).status).toBe(200);
    const promoted = await ownToken(username);
    expect((await call('GET', '/roles/', { token: promoted })).status).toBe(200);
    expect(await postJson('/get_user/', { token: promoted }, promoted)).toMatchObject({ body: { details: { role: { libelle: 'superviseur' } } } });
  });

  it('is in one of our groups at a time', async () => {
    const { username, id } = await invite({ groupe: 'superviseur' });
    expect((await sendJson('PATCH', `/profiles/${id}`, { groupe: 'agent' }, administrator)).status).toBe(200);
    const token = await ownToken(username);
    expect(await postJson('/get_user/', { token }, token)).toMatchObject({ body: { details: { role: { libelle: 'agent' } } } });
  });

  it('is not invited twice: 409', async () => {
    const { username } = await invite({ groupe: 'agent' });
    expect((await postJson('/profiles/', { username, email: 'x@example.com' }, administrator)).status).toBe(409);
  });
});

describe('an operator that an administrator describes', () => {
  it('takes statements at once, and none once it is closed; its tache stays readable', async () => {
    const code = `OM${Date.now()}`;
    const profile = await call('GET', '/operateurs/2/profil', { token: administrator });
    const { id: _id, ...described } = z.looseObject({ id: z.int() }).parse(profile.body);
    const added = await postJson('/operateurs/', { ...described, code, nom: `Orange d'essai ${code}`, account: '0700000099' }, administrator);
    expect(added.status).toBe(201);
    const { id } = z.object({ id: z.int() }).parse(added.body);
    const agent = await tokenOf('agent');
    const submit = (compte: string, reference: string) =>
      postJson(
        '/reconciliation/',
        {
          operateur: code,
          fileName: `${code}-${reference}.json`,
          fichier: [{ Date: '02/01/2026', Heure: '10:00:00', Référence: reference, Statut: 'Succès', Crédit: '1 000', Correspondant: '0701020304', 'Compte OM': compte }],
        },
        agent,
      );
    expect(await submit('0700000001', 'A')).toMatchObject({ status: 406, body: { operator: 'invalid' } });
    expect(await submit('0700000099', 'B')).toMatchObject({ status: 200, body: { details: { operateur: id } } });
    expect((await sendJson('PATCH', `/operateurs/${id}`, { account: '0700000077' }, administrator)).status).toBe(200);
    expect((await submit('0700000099', 'C')).status).toBe(406);
    const taken = await submit('0700000077', 'D');
    const { details } = z.object({ details: z.object({ id: z.int() }) }).parse(taken.body);

    expect(await call('DELETE', `/operateurs/${id}`, { token: administrator })).toMatchObject({ status: 200, body: { ferme: true } });
    expect(await submit('0700000077', 'E')).toMatchObject({ status: 404, body: { operator: "doesn't exist" } });
    expect((await call('GET', `/operateurs/${id}`)).status).toBe(200);
    expect((await call('GET', `/taches/${details.id}`)).status).toBe(200);
  });
});
