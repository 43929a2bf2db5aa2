import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { limitOf, type ValidationRules } from '../../lib/core/four-eyes.ts';
import { chainBreak } from '../../lib/core/journal.ts';
import { DROP_OWNER } from '../../lib/core/tache.ts';
import { wireValidation } from '../../lib/http/schemas/validation.ts';
import { journalHash } from '../../lib/use-cases/journal.ts';
import { readTacheDetails } from '../../lib/use-cases/read-tache-details.ts';
import { applyValidation, type ValidationWish, type Validator, validateTache } from '../../lib/use-cases/validate-tache.ts';
import { type ManualWork, workByHand } from '../../lib/use-cases/work-by-hand.ts';
import { failed, paid } from '../core/ledger-rows.ts';
import { matchedWorld } from '../exports/a-result.ts';
import { atEveryStep } from '../fakes/every-step.ts';
import { queueInMemory } from '../fakes/queue-in-memory.ts';
import { reasonOf } from './failing.ts';

const never = () => false;
const GUIDE = readFileSync(new URL('../../docs/guide/quatre-yeux.md', import.meta.url), 'utf8');
const person = (username: string): Validator => ({ username, mayRead: async () => true, mayValidate: async () => true });
const CLOSED: ValidationRules = { fourEyes: true, twoValidatorsAbove: {} };
/** Two correspondents of 5000 francs, ids 1 and 2, and a row that nothing explains, id 3. */
const ROWS = [paid(0, { Référence: 'PP1' }), paid(60, { Référence: 'PP2', Correspondant: '0707000002' }), paid(90, { Référence: 'PP3', Correspondant: '0707000003' })];
const TRANSACTIONS = [failed(10, { transId: 'T1' }), failed(70, { transId: 'T2', phone: '2250707000002' }), failed(80, { transId: 'T3', phone: '0101010101' })];
const above = (limit: number): ValidationRules => ({ fourEyes: true, twoValidatorsAbove: { XOF: limit } });
const LINK: ManualWork = { action: 'lien', transId: 'T3', reason: 'payé depuis un autre numéro' };

async function given(rules: ValidationRules, transactions = TRANSACTIONS) {
  const world = await matchedWorld(ROWS, transactions);
  const find = async (transId: string) => world.ledger.all().find((one) => one.transId === transId);
  const deps = { ...world, transactions: { find }, settlements: world.ledger, validations: { sendLater: queueInMemory<number>().send }, rules };
  const validate = (username: string, wish: ValidationWish = { excluded: [] }) => validateTache(deps, 1, wish, person(username), never);
  const work = (username: string, wanted: ManualWork = LINK) => workByHand(deps, 1, 3, wanted, person(username));
  const actions = async () => (await world.journal.entries(1)).map(({ action }) => action);
  const state = async () => (await world.taches.get(1))?.state;
  return { ...deps, validate, work, actions, state };
}

describe('where four eyes are asked for', () => {
  it('whoever sent the statement does not validate it, and is told who may', async () => {
    const { validate, state } = await given(CLOSED);
    const reason = await reasonOf(validate('awa'));
    expect(reason).toMatchObject({
      code: 'forbidden',
      detail: expect.stringMatching(/^Quatre yeux : vous avez envoyé ce relevé.*un supérieur de awa ou un administrateur, sauf awa\.$/u),
    });
    expect(await state()).toBe('ATTENTE');
    expect((await validate('binta')).tache.state).toBe('TERMINEE');
  });

  it.each<[string, ManualWork]>([
    ['linked a row', LINK],
    ['set a row aside', { action: 'mise-de-cote', reason: 'frais' }],
  ])('whoever %s does not either, not even once it is undone', async (_, wanted) => {
    const { validate, work } = await given(CLOSED);
    await work('binta', wanted);
    expect(await reasonOf(validate('binta'))).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('sauf awa, binta') });
    await work('chloe', { action: wanted.action === 'lien' ? 'lien-retire' : 'mise-de-cote-retiree', reason: 'erreur' });
    for (const name of ['binta', 'chloe']) expect(await reasonOf(validate(name)), name).toMatchObject({ code: 'forbidden' });
    expect((await validate('dede')).tache.state).toBe('TERMINEE');
  });

  it('a comment changes nothing: whoever made it validates', async () => {
    const { validate, work } = await given(CLOSED);
    await work('binta', { action: 'commentaire', reason: 'vu avec Orange' });
    expect((await validate('binta')).tache.state).toBe('TERMINEE');
  });

  it('what came by the drop folder is nobody’s: whoever may validate it does', async () => {
    const world = await given(CLOSED);
    const tache = await world.taches.get(1);
    const dropped = { ...world, taches: { ...world.taches, get: async () => tache && { ...tache, owner: DROP_OWNER } } };
    await world.work('binta');
    const reason = await reasonOf(validateTache(dropped, 1, { excluded: [] }, person('binta'), never));
    expect(reason).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('un superviseur ou un administrateur, sauf binta.') });
  });

  it('of somebody who links and validates at the same moment one of the two is refused', async () => {
    const { validate, work, actions } = await given(CLOSED);
    const outcomes = await Promise.allSettled([work('binta'), validate('binta')]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const written = await actions();
    expect(written.includes('lien')).not.toBe(written.includes('validation'));
  });

  it('and where they are not, an owner validates what they sent and worked on', async () => {
    const { validate, work } = await given({ fourEyes: false, twoValidatorsAbove: {} });
    await work('awa');
    expect((await validate('awa')).tache.state).toBe('TERMINEE');
  });
});

describe('above the limit of the currency', () => {
  it('the first visa changes nothing but the journal, and the second applies it', async () => {
    const world = await given(above(9_999));
    const first = await world.validate('binta', { excluded: [], reason: 'Vu avec la caisse.' });
    expect(first).toMatchObject({ tache: { state: 'ATTENTE' }, firstVisa: { by: 'binta', excluded: [], reason: 'Vu avec la caisse.' } });
    expect(world.ledger.all()).toEqual(TRANSACTIONS);
    expect((await readTacheDetails(world, 1, 10, 0, person('awa'))).firstVisa).toMatchObject({ by: 'binta' });
    const { tache } = await world.validate('chloe');
    expect(tache).toMatchObject({ state: 'TERMINEE', validation: { by: 'chloe', firstVisa: { by: 'binta' }, result: { reconciled: 2 } } });
    const entries = await world.journal.entries(1);
    expect(entries.map(({ action, by }) => [action, by]).slice(2)).toEqual([
      ['premier-visa', 'binta'],
      ['validation', 'chloe'],
      ['fin-validation', 'chloe'],
    ]);
    expect(entries[2]?.data).toEqual({ exclus: [], devise: 'XOF', seuil: '9999' });
    expect(entries[3]?.data).toMatchObject({ premierVisa: { auteur: 'binta' } });
    expect(chainBreak(1, entries, journalHash)).toBeUndefined();
    expect((await readTacheDetails(world, 1, 10, 0, person('awa'))).firstVisa).toBeUndefined();
  });

  it('it is the sum of what is validated that counts: up to the limit, or with enough left out, one person does', async () => {
    expect((await (await given(above(10_000))).validate('binta')).tache.state).toBe('TERMINEE');
    expect((await (await given(above(9_999))).validate('binta', { excluded: [2] })).tache.state).toBe('TERMINEE');
  });

  it('a transaction that a row was linked to counts too', async () => {
    const world = await given(above(10_000));
    await world.work('dede');
    expect((await world.validate('binta')).tache.state).toBe('ATTENTE');
    expect((await world.validate('chloe')).tache.validation?.result?.reconciled).toBe(3);
  });

  it('a currency that the stage gives no limit has none, and limits are whole units whatever the currency', async () => {
    const dollars: ValidationRules = { fourEyes: true, twoValidatorsAbove: { USD: 1, GNF: 1 } };
    expect((await (await given(dollars)).validate('binta')).tache.state).toBe('TERMINEE');
    expect((['USD', 'GNF', 'XAF'] as const).map((currency) => limitOf(dollars, currency))).toEqual([100, 1, undefined]);
  });

  it('the second must be somebody else: the first asking again changes nothing, with other exclusions it is a new visa', async () => {
    const { validate, actions } = await given(above(1));
    await validate('binta');
    expect((await validate('binta')).firstVisa).toMatchObject({ by: 'binta', excluded: [] });
    expect((await validate('binta', { excluded: [2] })).firstVisa).toMatchObject({ by: 'binta', excluded: [2] });
    expect((await actions()).filter((action) => action === 'premier-visa')).toHaveLength(2);
    expect((await validate('chloe', { excluded: [2] })).tache.validation).toMatchObject({ excluded: [2], result: { reconciled: 1 } });
  });

  it('a second who leaves out something else is told what, and how to go on', async () => {
    const { validate, state } = await given(above(1));
    await validate('binta', { excluded: [1] });
    const reason = await reasonOf(validate('chloe', { excluded: [2] }));
    expect(reason).toMatchObject({ code: 'conflict', detail: expect.stringMatching(/premier visa de binta.*lui seul exclut 1 ; vous seul excluez 2.*nouveauVisa/u) });
    expect(await state()).toBe('ATTENTE');
    expect((await validate('chloe', { excluded: [2], renewsVisa: true })).firstVisa).toMatchObject({ by: 'chloe', excluded: [2] });
    expect((await validate('binta', { excluded: [2] })).tache.state).toBe('TERMINEE');
  });

  it.each<[string, ManualWork]>([
    ['a link', LINK],
    ['a setting aside', { action: 'mise-de-cote', reason: 'frais' }],
  ])('%s between the two ends the first visa', async (_, wanted) => {
    const { validate, work, state } = await given(above(1));
    await validate('binta');
    await work('awa', wanted);
    expect((await validate('chloe')).firstVisa).toMatchObject({ by: 'chloe' });
    expect(await state()).toBe('ATTENTE');
    expect((await validate('binta')).tache.state).toBe('TERMINEE');
  });

  it('a comment between the two does not', async () => {
    const { validate, work } = await given(above(1));
    await validate('binta');
    await work('awa', { action: 'commentaire', reason: 'note' });
    expect((await validate('chloe')).tache.state).toBe('TERMINEE');
  });

  it('of two who come first at once one is first and the other second; with other exclusions one is refused', async () => {
    const { validate, actions } = await given(above(1));
    const states = await Promise.all([validate('binta'), validate('chloe')]);
    expect(states.map(({ tache }) => tache.state).toSorted()).toEqual(['ATTENTE', 'TERMINEE']);
    expect((await actions()).slice(2)).toEqual(['premier-visa', 'validation', 'fin-validation']);
    const other = await given(above(1));
    const outcomes = await Promise.allSettled([other.validate('binta', { excluded: [1] }), other.validate('chloe', { excluded: [2] })]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('of two who come second at once one validates, the other is told 409', async () => {
    const { validate, actions } = await given(above(1));
    await validate('binta');
    const reasons = await Promise.all([reasonOf(validate('chloe')), reasonOf(validate('dede'))]);
    expect(reasons.filter((reason) => reason === undefined)).toHaveLength(1);
    expect(reasons.find((reason) => reason !== undefined)).toMatchObject({ code: 'conflict' });
    expect((await actions()).filter((action) => action === 'validation')).toHaveLength(1);
  });

  it('what could not be added up in time counts as too much', async () => {
    const world = await given(above(1_000_000));
    expect((await validateTache(world, 1, { excluded: [] }, person('binta'), () => true)).firstVisa).toMatchObject({ by: 'binta' });
  });

  it('a second visa that dies at any step is brought to the same end by its message, or has not been given', async () => {
    const steps = await atEveryStep((through) => {
      const begun = given(above(1));
      return {
        work: async () => {
          const world = await begun;
          await world.validate('binta');
          const fragile = {
            ...world,
            taches: through(world.taches),
            journal: through(world.journal),
            settlements: through(world.settlements),
            validations: through(world.validations),
          };
          await validateTache(fragile, 1, { excluded: [] }, person('chloe'), never);
        },
        afterwards: async (step) => {
          const world = await begun;
          await applyValidation(world, 1, never);
          if ((await world.state()) === 'ATTENTE') await world.validate('chloe');
          const tache = await world.taches.get(1);
          expect({ step, state: tache?.state, validation: tache?.validation }).toMatchObject({
            step,
            state: 'TERMINEE',
            validation: { by: 'chloe', firstVisa: { by: 'binta' }, result: { reconciled: 2 } },
          });
          expect((await world.actions()).slice(2)).toEqual(['premier-visa', 'validation', 'fin-validation']);
        },
      };
    });
    expect(steps).toBeGreaterThan(8);
  });
});

it('the guide shows what people are really told', async () => {
  const { validate } = await given(above(1));
  const told = [await reasonOf(validate('awa'))];
  expect(GUIDE).toContain(`> ${wireAnswerText(wireValidation(await validate('binta', { excluded: [1] })))}`);
  told.push(await reasonOf(validate('chloe', { excluded: [2] })));
  for (const reason of told) expect(GUIDE).toContain(`> ${reason !== undefined && 'detail' in reason ? reason.detail : ''}`);
});

function wireAnswerText(answer: ReturnType<typeof wireValidation>): string {
  return 'resultat' in answer ? answer.resultat : '';
}
