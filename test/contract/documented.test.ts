import { describe, expect, it } from 'vitest';
import { departures } from './documented.ts';

const answer = (status: number, body: unknown, type = 'application/json; charset=utf-8', headers: Readonly<Record<string, string>> = {}) => ({
  status,
  headers: new Headers({ 'content-type': type, ...headers }),
  text: JSON.stringify(body),
});
const PROBLEM = { type: 'about:blank', title: 'Introuvable', status: 404, detail: 'Rien.' };
const OPERATOR = { id: 1, nom: 'Orange', description: '', account: '07', code: 'OMCI' };

describe('an answer departs from the document', () => {
  const ofOperator = (...args: Parameters<typeof answer>) => departures('GET', '/operateurs/{id}', answer(...args));

  it('not, where it is as documented', () => {
    expect([ofOperator(200, OPERATOR), ofOperator(404, PROBLEM, 'application/problem+json')]).toEqual([[], []]);
  });

  it.each([
    ['with a status that is not documented', 201, OPERATOR, 'application/json'],
    ['with a field that is not documented', 200, { ...OPERATOR, secret: 'x' }, 'application/json'],
    ['without a field that is', 200, { ...OPERATOR, code: undefined }, 'application/json'],
    ['with a field of another type', 200, { ...OPERATOR, id: '1' }, 'application/json'],
    ['with another content type', 200, OPERATOR, 'application/problem+json'],
    ['with a problem that is none', 404, { message: 'Not found' }, 'application/problem+json'],
  ])('%s', (_, status, body, type) => {
    expect(ofOperator(status, body, type)).toHaveLength(1);
  });

  it('where a field of a named schema, within a list, is of another type', () => {
    expect(departures('GET', '/profiles', answer(200, [{ id: 1, telephone: 7, numero_whatsapp: '', fonction: '', matricule: '', user: 1 }]))).toHaveLength(1);
  });

  it('where a 401 does not say what it asks for', () => {
    const body = { ...PROBLEM, status: 401 };
    expect(departures('GET', '/roles', answer(401, body, 'application/problem+json'))).toHaveLength(1);
    expect(departures('GET', '/roles', answer(401, body, 'application/problem+json', { 'www-authenticate': 'Bearer' }))).toEqual([]);
  });
});
