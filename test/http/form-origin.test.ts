import { describe, expect, it } from 'vitest';
import { refuseForeignForm } from '../../lib/http/form-origin.ts';
import { Failure } from '../../lib/use-cases/failure.ts';
import { aRequest } from './a-request.ts';

const FORM = 'application/x-www-form-urlencoded';
const sent = (headers: Readonly<Record<string, string>>) => () => refuseForeignForm(aRequest({ headers }));

describe('a form', () => {
  it.each([
    ['the page itself', { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://api.example' }],
    ['the address bar', { 'Sec-Fetch-Site': 'none' }],
    ['an older browser on the page itself', { Origin: 'https://api.example' }],
    ['a program', {}],
  ])('from %s is taken', (_from, headers) => {
    expect(sent({ 'Content-Type': FORM, ...headers })).not.toThrow();
  });

  it.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://ailleurs.example' }],
    ['a neighbour under the same domain', { 'Sec-Fetch-Site': 'same-site', Origin: 'https://autre.api.example' }],
    ['another site in an older browser', { Origin: 'https://ailleurs.example' }],
    ['the same name without TLS', { Origin: 'http://api.example' }],
    ['a sandbox that hides its origin', { Origin: 'null' }],
  ])('from %s is refused', (_from, headers) => {
    expect(sent({ 'Content-Type': FORM, ...headers })).toThrow(Failure);
  });

  it.each([`${FORM}; charset=utf-8`, 'multipart/form-data; boundary=x', 'text/plain', ''])('of the type %j is one that a page elsewhere can send', (type) => {
    expect(sent({ 'Content-Type': type, 'Sec-Fetch-Site': 'cross-site' })).toThrow(Failure);
  });

  it('is not what JSON is: no browser sends that to us from another site', () => {
    expect(sent({ 'Content-Type': 'application/json', Origin: 'https://ailleurs.example' })).not.toThrow();
  });
});
