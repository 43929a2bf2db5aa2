import { describe, expect, it } from 'vitest';
import { begunValidation, changersOf, limitOf, sameIds, standingVisa } from '../../lib/core/four-eyes.ts';
import { MANUAL_ACTIONS } from '../../lib/core/manual-work.ts';
import { entry } from './journal-entries.ts';

describe('the sum above which two people validate', () => {
  it('is given in main units and held against minor ones', () => {
    const rules = { fourEyes: true, twoValidatorsAbove: { XOF: 5_000_000, USD: 100 } };
    expect(limitOf(rules, 'XOF')).toBe(5_000_000);
    expect(limitOf(rules, 'USD')).toBe(10_000);
  });

  it('does not exist for a currency that has none, and may be 0', () => {
    expect(limitOf({ fourEyes: true, twoValidatorsAbove: {} }, 'XOF')).toBeUndefined();
    expect(limitOf({ fourEyes: true, twoValidatorsAbove: { XOF: 0 } }, 'XOF')).toBe(0);
  });
});

describe('who changed by hand what will be validated', () => {
  it.each(MANUAL_ACTIONS.filter((action) => action !== 'commentaire'))('is whoever did "%s"', (action) => {
    expect([...changersOf([entry(1, 'creation'), entry(2, action, { by: 'moussa' })])]).toEqual(['moussa']);
  });

  it.each(['commentaire', 'creation', 'resultat', 'premier-visa', 'ecarts-resolus'] as const)('is nobody who did "%s"', (action) => {
    expect(changersOf([entry(1, action)]).size).toBe(0);
  });
});

describe('the first of two visas', () => {
  const visa = entry(2, 'premier-visa', { by: 'awa', data: { exclus: [3, 9] } });
  const given = { by: 'awa', at: visa.at, excluded: [3, 9], reason: 'vu avec le marchand' };

  it('stands with what it agreed to, until something else is agreed', () => {
    expect(standingVisa([entry(1, 'resultat'), visa])).toEqual(given);
    expect(standingVisa([entry(1, 'resultat'), visa, entry(3, 'commentaire')])).toEqual(given);
  });

  it('does not stand where nobody gave one', () => {
    expect(standingVisa([])).toBeUndefined();
    expect(standingVisa([entry(1, 'resultat')])).toBeUndefined();
  });

  it.each(['lien', 'mise-de-cote', 'validation'] as const)('is ended by "%s"', (action) => {
    expect(standingVisa([visa, entry(3, action)])).toBeUndefined();
  });

  it('is not ended by work that was done before it', () => {
    expect(standingVisa([entry(1, 'lien'), visa])).toEqual(given);
  });

  it('given anew counts as it was given last', () => {
    expect(standingVisa([visa, entry(3, 'lien'), entry(4, 'premier-visa', { by: 'fatou', data: { exclus: [] } })])).toMatchObject({ by: 'fatou', excluded: [] });
  });
});

describe('a validation that has begun', () => {
  it('is told by the journal: who, when, why, without whom, and after whose visa', () => {
    const begun = entry(2, 'validation', { by: 'fatou', data: { exclus: [4], premierVisa: { auteur: 'awa', date: '2026-03-07T11:00:00Z' } } });
    expect(begunValidation([entry(1, 'resultat'), begun])).toEqual({
      by: 'fatou',
      at: begun.at,
      excluded: [4],
      reason: 'vu avec le marchand',
      firstVisa: { by: 'awa', at: '2026-03-07T11:00:00Z' },
    });
  });

  it('by one person alone, who gave no reason, names neither reason nor visa', () => {
    const alone = entry(1, 'validation', { reason: '', data: { exclus: [] } });
    expect(begunValidation([alone])).toEqual({ by: 'awa', at: alone.at, excluded: [] });
  });

  it.each([[null], ['awa'], [['awa']]])('takes %j for no visa', (premierVisa) => {
    expect(begunValidation([entry(1, 'validation', { data: { premierVisa } })])).not.toHaveProperty('firstVisa');
  });

  it('excludes ids alone, whatever else its entry holds', () => {
    expect(begunValidation([entry(1, 'validation', { data: { exclus: [1, '2', null, 3] } })])?.excluded).toEqual([1, 3]);
    expect(begunValidation([entry(1, 'validation', { data: { exclus: 'toutes' } })])?.excluded).toEqual([]);
  });

  it('has not begun before its entry is there', () => {
    expect(begunValidation([entry(1, 'resultat'), entry(2, 'premier-visa')])).toBeUndefined();
  });
});

it('two lists name the same correspondents where every id is equal, and none is left over', () => {
  expect(sameIds([], [])).toBe(true);
  expect(sameIds([1, 2], [1, 2])).toBe(true);
  expect(sameIds([1, 2], [1, 3])).toBe(false);
  expect(sameIds([1], [1, 2])).toBe(false);
  expect(sameIds([1, 2], [1])).toBe(false);
});
