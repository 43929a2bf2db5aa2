import { describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { applicationAnswer, registeredAnswer } from '../../lib/http/schemas/application.ts';
import { grantAnswer } from '../../lib/http/token-answer.ts';
import { call, postJson, tokenOf } from './cloud-client.ts';

const cloud = inject('cloud');
const agent = cloud.users.find(({ groupe }) => groupe === 'agent');
const PASSWORD = { grant_type: 'password', username: agent?.username ?? '', password: agent?.password ?? '' };

type Client = Readonly<z.infer<typeof registeredAnswer>>;

async function registered(fields: Readonly<Record<string, string>>): Promise<Client> {
  const answer = await postJson('/o/applications/register/', fields);
  expect(answer.status).toBe(201);
  return registeredAnswer.parse(answer.body);
}

const machine = () => registered({ name: 'Comptoir' });
const backOffice = () => registered({ name: 'Guichet', authorization_grant_type: 'password' });

function askToken(fields: Readonly<Record<string, string>>, basic?: Client) {
  return call('POST', '/o/token/', {
    body: new URLSearchParams(fields),
    headers: basic ? { authorization: `Basic ${Buffer.from(`${basic.client_id}:${basic.client_secret}`).toString('base64')}` } : {},
  });
}

const granted = async (...asked: Parameters<typeof askToken>) => grantAnswer.parse((await askToken(...asked)).body);
const holder = (token: string) => postJson('/get_user/', { token }, token);

describe('applications', () => {
  it('are registered and listed, whatever their type', async () => {
    const redirect_uris = 'https://app.example/retour http://localhost:3000/';
    const made = await Promise.all(
      ['authorization-code', 'implicit', 'password', 'client-credentials', 'openid-hybrid'].map((type) =>
        registered({ name: type, authorization_grant_type: type, redirect_uris, algorithm: 'RS256' }),
      ),
    );
    const listed = z.array(applicationAnswer).parse((await call('GET', '/o/applications?limit=500')).body);
    for (const { client_secret: _, ...fields } of made) expect(listed).toContainEqual({ id: expect.any(Number), ...fields });
    expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
  });

  it('are read as pages too', async () => {
    for (const path of ['/o/applications/', '/o/applications/register', '/o/applications/register/']) {
      const response = await fetch(`${cloud.api}${path}`, { headers: { accept: 'text/html' } });
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });
});

describe('POST /o/token/', () => {
  it('signs a machine in, by header or body: an agent under a name of its own', async () => {
    const client = await machine();
    const byHeader = await askToken({ grant_type: 'client_credentials' }, client);
    expect(byHeader).toMatchObject({ status: 200, body: { expires_in: 36_000, token_type: 'Bearer', scope: 'read write' } });
    expect(byHeader.headers.get('cache-control')).toBe('no-store');
    expect(byHeader.body).not.toHaveProperty('refresh_token');
    const byBody = await granted({ grant_type: 'client_credentials', client_id: client.client_id, client_secret: client.client_secret });
    expect(await holder(byBody.access_token)).toMatchObject({
      status: 200,
      body: { details: { usename: expect.stringMatching(/^application:\d+$/u), role: { libelle: 'agent' } } },
    });
  });

  it('lets a machine read only, where it asks for no more', async () => {
    const { access_token: token, scope } = await granted({ grant_type: 'client_credentials', scope: 'read' }, await machine());
    expect(scope).toBe('read');
    expect((await call('GET', '/roles/', { token })).status).toBe(200);
    expect((await postJson('/reconciliation/', {}, token)).status).toBe(403);
  });

  it('signs a user in, renews, and is done with both once revoked', async () => {
    const client = await backOffice();
    const first = await granted(PASSWORD, client);
    const second = await granted({ grant_type: 'refresh_token', refresh_token: first.refresh_token ?? '' }, client);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    for (const { access_token } of [first, second]) expect(await holder(access_token)).toMatchObject({ status: 200, body: { details: { usename: agent?.username } } });
    expect((await postJson('/authentication/token/revoke/', { token: second.refresh_token })).status).toBe(200);
    for (const { access_token } of [first, second]) expect((await holder(access_token)).status).toBe(401);
    expect(await askToken({ grant_type: 'refresh_token', refresh_token: second.refresh_token ?? '' }, client)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('ends the token of a machine that is revoked, and no other', async () => {
    const client = await machine();
    const [one, other] = [await granted({ grant_type: 'client_credentials' }, client), await granted({ grant_type: 'client_credentials' }, client)];
    await postJson('/authentication/token/revoke/', { token: one.access_token });
    expect([(await holder(one.access_token)).status, (await holder(other.access_token)).status]).toEqual([401, 200]);
  });

  it('does not mix the refresh tokens of applications and of the back office', async () => {
    const [one, other] = [await backOffice(), await backOffice()];
    const { refresh_token = '' } = await granted(PASSWORD, one);
    expect(await askToken({ grant_type: 'refresh_token', refresh_token }, other)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await postJson('/authentication/token/refresh/', { refresh_token })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const own = z.object({ token: z.object({ refresh_token: z.string() }) }).parse((await postJson('/authentication/token/', PASSWORD)).body).token;
    expect(await askToken({ grant_type: 'refresh_token', refresh_token: own.refresh_token }, one)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('refuses in the words of RFC 6749', async () => {
    const [bot, desk] = [await machine(), await backOffice()];
    const wrong: Client = { ...bot, client_secret: desk.client_secret };
    const both = { client_id: bot.client_id, client_secret: bot.client_secret };
    const answers = await Promise.all([
      askToken({ grant_type: 'client_credentials' }),
      askToken({ grant_type: 'client_credentials' }, wrong),
      askToken({ grant_type: 'client_credentials', ...both }, bot),
      askToken({ grant_type: 'client_credentials' }, desk),
      askToken({ grant_type: 'client_credentials', scope: 'admin' }, bot),
      askToken({ grant_type: 'authorization_code', code: 'x' }, bot),
      askToken({ ...PASSWORD, password: 'pas celui-là 1' }, desk),
      askToken({ ...PASSWORD, username: 'personne' }, desk),
      askToken({}, bot),
    ]);
    expect(answers.map(({ status, body }) => `${status} ${z.object({ error: z.string(), error_description: z.string() }).parse(body).error}`)).toEqual([
      '401 invalid_client',
      '401 invalid_client',
      '400 invalid_request',
      '400 unauthorized_client',
      '400 invalid_scope',
      '400 unsupported_grant_type',
      '400 invalid_grant',
      '400 invalid_grant',
      '400 invalid_request',
    ]);
    expect(answers[6]?.body).toEqual(answers[7]?.body);
  });

  it('leaves the tokens of the back office as they were', async () => {
    expect((await holder(await tokenOf('agent'))).status).toBe(200);
  });
});
