import { describe, expect, it } from 'vitest';
import { fieldErrors } from '../../lib/http/field-errors.ts';
import { applicationBody } from '../../lib/http/schemas/application.ts';

const errorsOf = (body: unknown) => {
  const parsed = applicationBody.safeParse(body);
  return parsed.success ? [] : Object.keys(fieldErrors(parsed.error.issues));
};

describe('what registers an application', () => {
  it('may be a name alone: a confidential application that signs in as itself', () => {
    expect(applicationBody.parse({ name: ' Comptoir ' })).toEqual({
      name: 'Comptoir',
      clientType: 'confidential',
      grantType: 'client-credentials',
      redirectUris: [],
      algorithm: '',
    });
  });

  it('makes a public application one whose users sign in, unless it says otherwise', () => {
    expect(applicationBody.parse({ name: 'x', client_type: 'public' })).toMatchObject({ grantType: 'password' });
  });

  it('may be a form whose fields were left alone', () => {
    const form = { name: 'x', client_id: '', client_secret: '', client_type: '', authorization_grant_type: '', redirect_uris: '', algorithm: '' };
    expect(applicationBody.parse(form)).toEqual(applicationBody.parse({ name: 'x' }));
  });

  it('has addresses with blanks or line ends between, each once', () => {
    const redirectUris = ['https://a.example/', 'https://b.example/'];
    expect(applicationBody.parse({ name: 'x', redirect_uris: ' https://a.example/\r\nhttps://b.example/  https://a.example/ ' })).toMatchObject({ redirectUris });
  });

  it.each([
    [{}, ['name']],
    [{ name: '' }, ['name']],
    [{ name: '   ' }, ['name']],
    [{ name: 'x'.repeat(256) }, ['name']],
    [{ name: 12 }, ['name']],
    [{ name: 'x', client_type: 'secret' }, ['client_type']],
    [{ name: 'x', client_type: 'Public' }, ['client_type']],
    [{ name: 'x', authorization_grant_type: 'client_credentials' }, ['authorization_grant_type']],
    [{ name: 'x', algorithm: 'none' }, ['algorithm']],
    [{ name: 'x', redirect_uris: ['https://a.example/'] }, ['redirect_uris']],
    [{ name: 'x', redirect_uris: `https://a.example/${'x'.repeat(1_024)}` }, ['redirect_uris']],
    [{ name: 'x', redirect_uris: Array.from({ length: 101 }, (_, index) => `https://a.example/${index}`).join(' ') }, ['redirect_uris']],
    [null, ['corps']],
    [[], ['corps']],
    ['x', ['corps']],
  ])('%j is wrong in %j', (body, fields) => {
    expect(errorsOf(body)).toEqual(fields);
  });
});
