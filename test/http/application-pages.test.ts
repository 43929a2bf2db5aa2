import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Application } from '../../lib/core/application.ts';
import { applicationsPage } from '../../lib/http/pages/applications-page.ts';
import { registrationPage, submittedPage } from '../../lib/http/pages/registration-page.ts';
import { Failure } from '../../lib/use-cases/failure.ts';
import { aRequest } from './a-request.ts';

const HOSTILE = `"><script>alert(1)</script>'\`&`;
const application = (changes: Partial<Application> = {}): Application => ({
  id: 1,
  clientId: 'abc',
  name: 'Backoffice',
  clientType: 'confidential',
  grantType: 'client-credentials',
  redirectUris: [],
  algorithm: '',
  ...changes,
});
const form = (fields: Readonly<Record<string, string>>) =>
  aRequest({
    path: '/v1/o/applications/register',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
const submitted = (fields: Readonly<Record<string, string>>, failure: Failure) => submittedPage(form(fields), () => Promise.reject(failure));

describe('the page of applications', () => {
  it('is that of the seed: its title, each application, a link to make one', () => {
    const page = applicationsPage(aRequest(), [application(), application({ name: 'Backoffice2' })], undefined).text ?? '';
    expect(page).toContain('<h1>Your applications</h1>');
    expect(page).toMatch(/<li>Backoffice .*\n<li>Backoffice2 /u);
    expect(page).toContain('<a href="/v1/o/applications/register/">New Application</a>');
  });

  it.each(['/v1/o/applications', '/v1/o/applications/', '/o/applications', '/reco/o/applications/'])('links to its form wherever it is reached: %s', (path) => {
    const page = applicationsPage(aRequest({ path }), [], undefined).text ?? '';
    expect(page).toContain(`<a href="${path.replace(/\/$/u, '')}/register/">New Application</a>`);
  });

  it('links to its next page, with what was asked for', () => {
    const page = applicationsPage(aRequest({ query: { limit: '2' } }), [application()], '7').text ?? '';
    expect(page).toContain('<a href="?limit=2&#38;cursor=7" rel="next">');
  });
});

describe('the form', () => {
  const page = registrationPage(aRequest({ path: '/v1/o/applications/register/' })).text ?? '';

  it('has the fields of the seed, by their names', () => {
    expect([...page.matchAll(/<label for="\w+">([^<]*)</gu)].map(([, label]) => label)).toEqual([
      'Name',
      'Client id',
      'Client secret',
      'Client type',
      'Authorization grant type',
      'Redirect uris',
      'Algorithm',
    ]);
    for (const text of ['Register a new application', 'No OIDC support', '>Go Back<', '>Save<']) expect(page).toContain(text);
  });

  it('is posted as it stands to its own address, and goes back to the list', () => {
    expect(page).toContain('<form method="post" action="/v1/o/applications/register/">');
    expect(page).toContain('<a href="/v1/o/applications/">Go Back</a>');
    expect([...page.matchAll(/ name="(\w+)"/gu)].map(([, name]) => name).filter((name) => name !== 'viewport')).toEqual([
      'name',
      'client_type',
      'authorization_grant_type',
      'redirect_uris',
      'algorithm',
    ]);
  });

  it('comes back with what was typed and what was wrong', async () => {
    const failure = new Failure({ code: 'invalid-request', detail: 'À corriger.', errors: { redirect_uris: ['Pas une adresse.'] } });
    const answer = await submitted({ name: 'Comptoir', client_type: 'public', redirect_uris: 'ici' }, failure);
    expect(answer.status).toBe(400);
    for (const text of ['À corriger.', 'Pas une adresse.', 'value="Comptoir"', '<option value="public" selected>', '\nici</textarea>']) expect(answer.text).toContain(text);
  });

  it('does not show what another site filled in', async () => {
    const answer = await submitted({ name: 'piege' }, new Failure({ code: 'forbidden', detail: 'Ailleurs.' }));
    expect(answer.status).toBe(403);
    expect(answer.text).not.toContain('piege');
  });

  it('does not hide a failure that is nobody’s mistake', async () => {
    await expect(submittedPage(form({}), () => Promise.reject(new TypeError('defect')))).rejects.toThrow(TypeError);
  });
});

describe('the page after registration', () => {
  it('shows id and secret', async () => {
    const answer = await submittedPage(form({ name: 'x' }), async () => ({ application: application(), secret: 's3cret' }));
    expect(answer.status).toBe(201);
    expect(answer.text).toContain('<code id="client_id">abc</code>');
    expect(answer.text).toContain('<code id="client_secret">s3cret</code>');
  });
});

describe('every page', () => {
  const pages = async () => [
    applicationsPage(aRequest({ query: { limit: HOSTILE } }), [application({ name: HOSTILE, clientId: HOSTILE })], HOSTILE),
    registrationPage(aRequest({ path: '/v1/o/applications/register/' })),
    await submitted({ name: HOSTILE, redirect_uris: `</textarea>${HOSTILE}` }, new Failure({ code: 'invalid-request', detail: HOSTILE, errors: { name: [HOSTILE] } })),
    await submittedPage(form({}), async () => ({ application: application({ name: HOSTILE, redirectUris: [HOSTILE] }), secret: HOSTILE })),
  ];

  it('escapes whatever comes from outside, in texts and in attributes', async () => {
    for (const { text = '' } of await pages()) {
      expect(text).not.toContain('<script');
      expect(text).not.toContain(HOSTILE);
      expect(text.match(/<\/textarea>/gu)?.length ?? 0).toBeLessThanOrEqual(1);
    }
  });

  it('runs no script, loads nothing, posts to its own address only and lies in no frame', async () => {
    for (const { headers, text = '' } of await pages()) {
      const policy = headers['content-security-policy'] ?? '';
      for (const rule of ["default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) expect(policy).toContain(rule);
      expect(policy).not.toContain('unsafe');
      const style = /<style>([\s\S]*?)<\/style>/u.exec(text)?.[1] ?? '';
      expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
      expect(text).not.toMatch(/ style=| on\w+=/u);
      expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'x-frame-options': 'DENY', vary: 'Accept' });
    }
  });
});
