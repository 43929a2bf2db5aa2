import { describe, expect, it } from 'vitest';
import { TACHE_STATES } from '../../lib/core/tache.ts';
import { fieldErrors } from '../../lib/http/field-errors.ts';
import { tacheFilter, tachesQuery } from '../../lib/http/schemas/tache.ts';

const filterOf = (query: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(tacheFilter(tachesQuery.parse(query))).filter(([, value]) => value !== undefined));

function errorsOf(query: Readonly<Record<string, string>>) {
  const { error } = tachesQuery.safeParse(query);
  return error && fieldErrors(error.issues);
}

describe('the filters of the list of taches', () => {
  it('are none where none is given', () => {
    expect(filterOf({})).toEqual({});
  });

  it.each(['operateur', 'opateur__pk', 'dateDebut', 'dateFin', 'etat', 'fileName__icontains'])('take no notice of %s where it is blank', (name) => {
    expect(filterOf({ [name]: '' })).toEqual({});
    expect(filterOf({ [name]: '  ' })).toEqual({});
  });

  it('take the operator by its code, in either spelling, and by its number in the old one', () => {
    expect(filterOf({ operateur: 'OMCI' })).toEqual({ operatorCode: 'OMCI' });
    expect(filterOf({ opateur__pk: 'OMCI' })).toEqual({ operatorCode: 'OMCI' });
    expect(filterOf({ opateur__pk: '16' })).toEqual({ operatorId: 16 });
  });

  it('take no notice of parameters that nobody knows', () => {
    expect(filterOf({ couleur: 'bleu' })).toEqual({});
  });

  it.each(TACHE_STATES)('take the state %s', (etat) => {
    expect(filterOf({ etat })).toEqual({ state: etat });
  });

  it.each([
    ['2026-03-07', '2026-03-07T00:00:00Z', '2026-03-07T23:59:59Z'],
    ['2026-03-07T12:30', '2026-03-07T12:30:00Z', '2026-03-07T12:30:00Z'],
    ['2026-03-07T12:30:15Z', '2026-03-07T12:30:15Z', '2026-03-07T12:30:15Z'],
    ['2026-03-07T12:30:15+01:00', '2026-03-07T11:30:15Z', '2026-03-07T11:30:15Z'],
  ])('take the date %s as %s where a period begins and as %s where it ends', (text, from, to) => {
    expect(filterOf({ dateDebut: text, dateFin: text })).toEqual({ from, to });
  });

  it('take a part of the file name as it is', () => {
    expect(filterOf({ fileName__icontains: 'relevé 100%' })).toEqual({ fileNamePart: 'relevé 100%' });
  });

  it.each([
    ['dateDebut', 'hier'],
    ['dateDebut', '2026-02-30'],
    ['dateDebut', '07/03/2026'],
    ['dateFin', '2026-13-01'],
    ['etat', 'attente'],
    ['etat', 'FINIE'],
    ['limit', '0'],
    ['limit', '-1'],
    ['limit', 'x'],
    ['limit', '1.5'],
    ['cursor', 'x'],
    ['cursor', '-1'],
    ['cursor', '1e3'],
  ])('refuse %s=%s, naming it in French', (name, value) => {
    const errors = errorsOf({ [name]: value }) ?? {};
    expect(Object.keys(errors)).toEqual([name]);
    expect(errors[name]).toEqual([expect.stringMatching(/^\p{Lu}.*\.$/u)]);
    expect(errors[name]).not.toEqual(['Valeur invalide.']);
  });
});

describe('the pages of the list', () => {
  it('hold 100 taches unless asked otherwise, and 500 at most', () => {
    expect([tachesQuery.parse({}).limit, tachesQuery.parse({ limit: '7' }).limit, tachesQuery.parse({ limit: '9999' }).limit]).toEqual([100, 7, 500]);
  });

  it('begin after a cursor', () => {
    expect([tachesQuery.parse({}).cursor, tachesQuery.parse({ cursor: '42' }).cursor]).toEqual([undefined, 42]);
  });
});
