import { describe, expect, it } from 'vitest';
import { type ApplicationWish, applicationFaults, applicationUsername, GRANT_TYPES, type GrantType, groupsOfScopes, mayAskFor, TOKEN_GRANTS } from '../../lib/core/application.ts';
import { isReservedName } from '../../lib/core/reserved-name.ts';
import { mayCall } from '../../lib/core/tokens.ts';

const wish = (changes: Partial<ApplicationWish>): ApplicationWish => ({
  name: 'x',
  clientType: 'confidential',
  grantType: 'client-credentials',
  redirectUris: [],
  algorithm: '',
  ...changes,
});
const faultsOf = (changes: Partial<ApplicationWish>) => applicationFaults(wish(changes)).map(({ field, fault }) => `${field} ${fault}`);

describe('an application', () => {
  it.each(['authorization-code', 'implicit', 'openid-hybrid'] as const)('of type %s must say where its users are sent back to', (grantType) => {
    expect(faultsOf({ grantType })).toEqual(['redirectUris missing']);
    expect(faultsOf({ grantType, redirectUris: ['https://app.example/retour'] })).toEqual([]);
  });

  it.each(['password', 'client-credentials'] as const)('of type %s needs no address', (grantType) => {
    expect(faultsOf({ grantType })).toEqual([]);
  });

  it.each([
    ['https://app.example/retour?x=1', []],
    ['http://localhost:3000/retour', []],
    ['http://127.0.0.1/', []],
    ['http://[::1]:8080/', []],
    ['http://app.example/retour', ['redirectUris insecure']],
    ['http://localhost.example/', ['redirectUris insecure']],
    ['https://app.example/#', ['redirectUris fragment']],
    ['/retour', ['redirectUris not-absolute']],
    ['app.example', ['redirectUris not-absolute']],
    ['javascript:alert(1)', ['redirectUris not-absolute']],
    ['data:text/html,x', ['redirectUris not-absolute']],
  ])('with the address %s has the faults %j', (uri, faults) => {
    expect(faultsOf({ redirectUris: [uri] })).toEqual(faults);
  });

  it('that is public has no secret to sign in with, or to sign id tokens with', () => {
    expect(faultsOf({ clientType: 'public' })).toEqual(['grantType needs-secret']);
    expect(faultsOf({ clientType: 'public', grantType: 'password', algorithm: 'HS256' })).toEqual(['algorithm needs-secret']);
    expect(faultsOf({ clientType: 'public', grantType: 'password', algorithm: 'RS256' })).toEqual([]);
    expect(faultsOf({ grantType: 'password', algorithm: 'HS256' })).toEqual([]);
  });

  it('whose tokens pass through the browser cannot have them signed with a secret', () => {
    expect(faultsOf({ grantType: 'implicit', redirectUris: ['https://a.example/'], algorithm: 'HS256' })).toEqual(['algorithm needs-secret']);
  });

  it('asks for no other tokens than its type allows', () => {
    const asked = GRANT_TYPES.map((grantType: GrantType) => [grantType, TOKEN_GRANTS.filter((grant) => mayAskFor({ grantType }, grant))] as const);
    expect(Object.fromEntries(asked)).toEqual({
      'authorization-code': ['refresh_token'],
      implicit: [],
      password: ['password', 'refresh_token'],
      'client-credentials': ['client_credentials'],
      'openid-hybrid': ['refresh_token'],
    });
  });
});

it('an application that acts for itself works as an agent does, if it may do anything', () => {
  expect([groupsOfScopes([]), groupsOfScopes(['read']), groupsOfScopes(['read', 'write'])]).toEqual([[], ['agent'], ['agent']]);
});

describe('a name', () => {
  it.each(['depot', 'DEPOT', ' depot ', 'application:1', 'Application:', applicationUsername({ id: 12 })])('such as %j is nobody’s to take', (name) => {
    expect(isReservedName(name)).toBe(true);
  });

  it.each(['depots', 'awa', 'application', 'mon-application:1'])('such as %j may be taken', (name) => {
    expect(isReservedName(name)).toBe(false);
  });
});

describe('a token', () => {
  it.each([
    [['read'], ['GET', 'HEAD']],
    [['write'], ['POST', 'PUT', 'PATCH', 'DELETE']],
    [
      ['read', 'write'],
      ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    ],
    [[], []],
  ] as const)('for %j is good for %j and nothing else', (scopes, methods) => {
    expect(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => mayCall({ scopes }, method))).toEqual(methods);
  });
});
