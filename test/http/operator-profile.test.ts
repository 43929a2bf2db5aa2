import { describe, expect, it } from 'vitest';
import { OPERATORS } from '../../lib/core/catalogue.ts';
import { fieldErrors } from '../../lib/http/field-errors.ts';
import { operatorWish, patchedOperator, wireOperatorProfile } from '../../lib/http/operator-wire.ts';
import { operatorPatch, operatorProfile, operatorProfileAnswer } from '../../lib/http/schemas/operator-profile.ts';
import { Failure } from '../../lib/use-cases/failure.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { RICH_OPERATORS } from '../fixtures/rich-operators.ts';

const OMCI = operatorNamed('OMCI');
const MTNCI = operatorNamed('MTNCI');
const sound = () => structuredClone(wireOperatorProfile(MTNCI));

/** The errors of a body, by field. */
function errorsOf(body: unknown): Readonly<Record<string, readonly string[]>> {
  const parsed = operatorProfile.safeParse(body);
  return parsed.success ? {} : fieldErrors(parsed.error.issues);
}

/** The sound body with the value at a path replaced; `undefined` takes it away. */
function bodyWith(path: string, value: unknown): unknown {
  const replaced = (part: unknown, [name, ...rest]: readonly string[]): unknown => {
    if (name === undefined) return value;
    const fields = typeof part === 'object' && part !== null ? part : {};
    return { ...fields, [name]: replaced(Object.entries(fields).find(([key]) => key === name)?.[1], rest) };
  };
  return JSON.parse(JSON.stringify(replaced(sound(), path.split('.'))));
}

describe('the profile of an operator', () => {
  it.each(OPERATORS.map((operator) => [operator.code, operator] as const))('of %s comes back as it went out', (_code, operator) => {
    const wire = operatorProfileAnswer.parse(JSON.parse(JSON.stringify(wireOperatorProfile(operator))));
    expect(operatorWish(operatorProfile.parse(wire))).toEqual(operator);
  });

  it.each(RICH_OPERATORS.map((operator) => [operator.code, operator] as const))('of %s, which says all there is to say, comes back as it went out', (_code, operator) => {
    const wire = JSON.parse(JSON.stringify(wireOperatorProfile(operator)));
    expect(operatorWish(operatorProfile.parse(operatorProfileAnswer.parse(wire)))).toEqual(operator);
  });

  it('may leave out what the operators of the catalogue have in common', () => {
    const { id: _id, margeMinutes: _margin, lignesEnErreur: _rows, ferme: _closed, statutsSucces: _words, ...rest } = sound();
    expect(operatorWish(operatorProfile.parse(rest))).toMatchObject({ id: undefined, marginMinutes: 60, badRows: 'refuse' });
    expect(operatorWish(operatorProfile.parse(rest))).not.toHaveProperty('closed');
    expect(operatorWish(operatorProfile.parse(rest))).not.toHaveProperty('successStatuses');
  });

  it.each([
    ['fuseau', 'Africa/Abidjann', /IANA/u],
    ['fuseau', '+00:00', /IANA/u],
    ['devise', 'EUR', /XOF, XAF, GNF, CDF, USD/u],
    ['pays', 'FR', /CI, SN, CM/u],
    ['code', 'omci', /majuscules/u],
    ['code', 'OM#CI', /majuscules/u],
    ['code', '', /majuscules/u],
    ['nom', ' ', /vide/u],
    ['account', '000', /zéros/u],
    ['format.moment.motif', 'MM/dd/yyyy HH:mm n', /« n » n'est pas reconnu/u],
    ['format.moment.motif', 'MM/dd/yyyy', /HH, mm/u],
    ['format.moment.colonne', '', /vide/u],
    ['format.moment.type', 'trois-colonnes', /une-colonne ou deux-colonnes/u],
    ['format.colonnes.payid', '  ', /vide/u],
    ['format.colonnes.statut', undefined, /obligatoire/u],
    ['format.colonnes.telephone', null, /cleCorrespondance est telephone/u],
    ['format.colonnes.pyid', 'X', /inconnu/u],
    ['cinetpay.payment_method', '', /vide/u],
    ['cinetpay.exclusions', [{}], /écarterait tout/u],
    ['margeMinutes', -1, /0 au moins/u],
    ['margeMinutes', 20_000, /10080 au plus/u],
    ['margeMinutes', 1.5, /entier/u],
    ['statutsSucces', [], /1 au moins/u],
    ['lignesEnErreur', 'ignorer', /refuser, ecarter/u],
    ['mot_de_passe', 'x', /inconnu/u],
  ])('with %s = %j is refused, naming the field and the reason', (path, value, reason) => {
    const errors = errorsOf(bodyWith(path, value));
    const named = Object.entries(errors).find(([field]) => field === path || field.startsWith(`${path}.`));
    expect(named?.[1].join(' ')).toMatch(reason);
    expect(Object.keys(errors)).toHaveLength(1);
  });

  it('does not use one header twice, however it is spelt', () => {
    expect(errorsOf(bodyWith('format.colonnes.statut', ' AMOUNT '))).toEqual({
      'format.colonnes.montant': [expect.stringContaining('« Amount » sert déjà pour format.colonnes.statut')],
    });
    expect(errorsOf(bodyWith('format.colonnes.transId', 'énddatetime'))).toEqual({
      'format.colonnes.transId': [expect.stringContaining('« énddatetime » sert déjà pour format.moment.colonne')],
    });
  });

  it('may use one header for two columns where it says which is which', () => {
    const twice = { ...sound(), format: { ...sound().format, colonnes: { ...sound().format.colonnes, transId: 'Amount' }, recherche: { transId: { rang: 2 } } } };
    expect(errorsOf(twice)).toEqual({});
  });

  it('may tell debits and kinds of rows by one column', () => {
    const debits = { type: 'mot', colonne: 'Type', credit: ['Paiement'], debit: ['Retrait'], lignes: 'ecarter' };
    expect(errorsOf({ ...sound(), format: { ...sound().format, debits, typeDeLigne: { colonne: 'type', seulement: ['Paiement', 'Retrait'] } } })).toEqual({});
  });

  it.each([
    ['statutsSucces', ['Succès', 'SUCCÈS'], { 'statutsSucces.1': ['« SUCCÈS » figure deux fois.'] }],
    ['statutsEchec', ['Echec'], { statutsEchec: [expect.stringContaining('deux listes')] }],
    ['format.recherche', { heure: { rang: 2 } }, { 'format.recherche.heure': ['Ce format ne nomme pas cette colonne.'] }],
    ['format.recherche', { montant: { rang: 0 } }, { 'format.recherche.montant.rang': [expect.stringContaining('1 au moins')] }],
    ['format.debits', { type: 'couleur' }, { 'format.debits.type': [expect.stringContaining('signe-moins')] }],
    ['format.debits', { type: 'mot', colonne: 'Sens', credit: ['C'], debit: ['c'], lignes: 'negatif' }, { 'format.debits.debit.0': ['« c » figure aussi dans credit.'] }],
    ['format.debits', { type: 'colonne', colonne: 'Amount', lignes: 'ecarter' }, { 'format.debits.colonne': [expect.stringContaining('sert déjà')] }],
    ['format.lignesEnTete', 3, { 'format.lignesEnTete': [expect.stringContaining('1, 2')] }],
    ['format.moment.autresMotifs', ['dd/MM'], { 'format.moment.autresMotifs.0': [expect.stringContaining('Il manque')] }],
    ['format.typeDeLigne', { colonne: 'Genre', seulement: [] }, { 'format.typeDeLigne.seulement': [expect.stringContaining('1 au moins')] }],
  ])('with %s = %j is refused where the fault lies', (path, value, errors) => {
    expect(errorsOf(bodyWith(path, value))).toEqual(errors);
  });

  it('does not call one word a success and a failure', () => {
    expect(errorsOf({ ...sound(), statutsSucces: ['Succès'], statutsEchec: ['succes'] })).toEqual({ 'statutsEchec.0': ['« succes » figure aussi dans statutsSucces.'] });
  });

  it.each([['null'], ['[]'], ['"x"'], ['42'], ['{}']])('is not %s', (body) => {
    expect(Object.keys(errorsOf(JSON.parse(body))).length).toBeGreaterThan(0);
  });
});

describe('a patch of a profile', () => {
  const patched = (patch: unknown) => patchedOperator(OMCI, operatorPatch.parse(patch));

  it('that is empty changes nothing', () => {
    expect(patched({})).toEqual(OMCI);
  });

  it('changes what it names and leaves the rest', () => {
    expect(patched({ account: '0700000042', margeMinutes: 0, statutsSucces: ['Succès'], ferme: true })).toEqual({
      ...OMCI,
      account: '0700000042',
      marginMinutes: 0,
      successStatuses: ['Succès'],
      closed: true,
    });
  });

  it('takes success words away with null', () => {
    expect(patchedOperator({ ...OMCI, successStatuses: ['Succès'] }, operatorPatch.parse({ statutsSucces: null }))).toEqual(OMCI);
  });

  it('that would leave an operator unsound is refused as a whole', () => {
    expect(() => patched({ cleCorrespondance: 'transId' })).toThrow(Failure);
  });
});
