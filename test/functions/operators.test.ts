import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { OPERATORS } from '../../lib/core/catalogue.ts';
import type { Caller } from '../../lib/core/user.ts';
import { wireOperatorProfile } from '../../lib/http/operator-wire.ts';
import type { OperatorStore } from '../../lib/ports.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { RICH_OPERATORS } from '../fixtures/rich-operators.ts';
import { aTache } from '../use-cases/a-tache.ts';
import { type Asked, type Given, invoke } from './invoke.ts';
import { startRegistry } from './registry-table.ts';

const RACINE: Caller = { username: 'racine', groups: ['administrateur'] };

type Call = (asked: Asked) => Promise<Given>;
type Verb = 'list' | 'get' | 'profile' | 'add' | 'replace' | 'change' | 'remove';

let stop = () => {};
let store: OperatorStore;
let makeTacheOf: (code: string) => Promise<unknown>;
let functions: Readonly<Record<Verb, Call>>;
let made = 0;

beforeAll(async () => {
  stop = await startRegistry();
  const { dynamoOperators } = await import('../../lib/adapters/dynamodb/operators.ts');
  const { dynamoTaches } = await import('../../lib/adapters/dynamodb/taches.ts');
  const taches = dynamoTaches('registry');
  store = dynamoOperators('registry');
  makeTacheOf = async (operatorCode) => taches.create(aTache({ id: await taches.nextId(), operatorCode }));
  const [list, get, profile, add, replace, change, remove] = await Promise.all([
    import('../../functions/operators/list-operators.ts'),
    import('../../functions/operators/get-operator.ts'),
    import('../../functions/operators/get-operator-profile.ts'),
    import('../../functions/operators/add-operator.ts'),
    import('../../functions/operators/replace-operator.ts'),
    import('../../functions/operators/change-operator.ts'),
    import('../../functions/operators/remove-operator.ts'),
  ]);
  functions = {
    list: (asked) => invoke(list.handler, asked),
    get: (asked) => invoke(get.handler, asked),
    profile: (asked) => invoke(profile.handler, asked),
    add: (asked) => invoke(add.handler, asked),
    replace: (asked) => invoke(replace.handler, asked),
    change: (asked) => invoke(change.handler, asked),
    remove: (asked) => invoke(remove.handler, asked),
  };
});

afterAll(() => stop());

/** Calls as an administrator. */
const call = (verb: Verb, asked: Asked = {}) => functions[verb]({ caller: RACINE, ...asked });

const identity = z.object({ id: z.int(), code: z.string() });
const seedFields = z.array(z.strictObject({ id: z.int(), nom: z.string(), description: z.string(), account: z.string(), code: z.string() }));

async function listed(query: Readonly<Record<string, string>> = {}): Promise<z.infer<typeof seedFields>> {
  return seedFields.parse((await call('list', { query })).body);
}

/** The body of an operator that is not there yet. */
function newBody(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  const { id: _id, ...body } = wireOperatorProfile(operatorNamed('OMCI'));
  made += 1;
  return { ...body, code: `NOUVEAU${made}`, nom: `Nouveau ${made}`, ...changes };
}

async function added(changes: Readonly<Record<string, unknown>> = {}): Promise<z.infer<typeof identity>> {
  return identity.parse((await call('add', { body: newBody(changes) })).body);
}

describe('operators', () => {
  it('are at first those of the catalogue, with the five fields of the seed, ordered by name', async () => {
    const names = OPERATORS.map(({ name }) => name);
    expect((await listed()).map(({ nom }) => nom)).toEqual(names.toSorted((one, other) => one.localeCompare(other, 'fr')));
  });

  it.each([
    ['nobody', undefined, 401],
    ['somebody without a group', { username: 'inscrit', groups: [] }, 403],
    ['an agent', { username: 'awa', groups: ['agent'] }, 403],
    ['a supervisor', { username: 'chef', groups: ['superviseur'] }, 403],
  ] as const)('are read by %s and not changed, whatever they send', async (_who, caller, status) => {
    for (const verb of ['add', 'replace', 'change', 'remove', 'profile'] as const) {
      for (const asked of [{ id: 2, body: newBody() }, { id: 2, body: {} }, { id: 'x' }]) expect((await call(verb, { ...asked, caller })).status).toBe(status);
    }
    expect((await call('get', { id: 2, caller })).status).toBe(200);
    expect((await call('list', { caller })).status).toBe(200);
  });

  it('that are added stand in the list at once, under numbers beyond the catalogue’s', async () => {
    const { id, code } = await added();
    expect(id).toBeGreaterThanOrEqual(1_000);
    expect((await listed()).map((operator) => operator.code)).toContain(code);
    expect(await call('get', { id })).toMatchObject({ status: 200, body: { id, code } });
    expect(await store.byCode(code)).toMatchObject({ id, layout: operatorNamed('OMCI').layout });
  });

  it('are added once, though two administrators do it at the same time', async () => {
    const body = newBody();
    const answers = await Promise.all([call('add', { body }), call('add', { body }), call('add', { body })]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  });

  it('keep code and number for themselves: taken ones are a 409', async () => {
    const { id, code } = await added();
    expect((await call('add', { body: newBody({ code }) })).status).toBe(409);
    expect((await call('add', { body: newBody({ code: 'OMCI' }) })).status).toBe(409);
    expect((await call('add', { body: newBody({ id }) })).status).toBe(409);
    expect((await call('add', { body: newBody({ id: 2 }) })).status).toBe(409);
    expect((await call('change', { id, body: { code: 'OMCI' } })).status).toBe(409);
    expect((await call('change', { id, body: { code: 'AUTRE' } })).status).toBe(409);
    expect((await call('change', { id, body: { id: id + 1 } })).status).toBe(409);
  });

  it('of the catalogue change as others do: the stored one takes the place', async () => {
    const before = await store.byCode('MOOVTG');
    const answer = await call('change', { id: 13, body: { account: '22899999999', nom: 'Moov Togo 2' } });
    expect(answer).toMatchObject({ status: 200, body: { id: 13, code: 'MOOVTG', account: '22899999999' } });
    expect(await store.byCode('MOOVTG')).toEqual({ ...before, account: '22899999999', name: 'Moov Togo 2' });
    expect((await listed()).filter(({ code }) => code === 'MOOVTG')).toMatchObject([{ nom: 'Moov Togo 2' }]);
  });

  it.each(RICH_OPERATORS.map((operator) => [operator.code, operator] as const))('that say all there is to say, as %s, are kept to the letter', async (code, operator) => {
    const answer = await call('add', { body: wireOperatorProfile({ ...operator, id: 5_000 + made++ }) });
    expect(answer.status).toBe(201);
    expect(await store.byCode(code)).toEqual({ ...operator, id: identity.parse(answer.body).id });
  });

  it('show their whole profile to administrators, and take it back as it is', async () => {
    const { body } = await call('profile', { id: 7 });
    expect(body).toEqual(JSON.parse(JSON.stringify(wireOperatorProfile(operatorNamed('MTNCI')))));
    expect(await call('replace', { id: 7, body })).toMatchObject({ status: 200, body });
    expect(await store.byCode('MTNCI')).toEqual(operatorNamed('MTNCI'));
  });

  it('are refused with every fault by field', async () => {
    const answer = await call('add', { body: newBody({ fuseau: 'Abidjan', devise: 'EUR', code: 'x' }) });
    expect(answer).toMatchObject({ status: 400, body: { errors: { fuseau: [expect.any(String)], devise: [expect.any(String)], code: [expect.any(String)] } } });
  });

  it('without taches are gone once deleted, those of the catalogue too', async () => {
    const { id, code } = await added();
    expect(await call('remove', { id })).toMatchObject({ status: 200, body: { ferme: false } });
    expect(await call('remove', { id: 14 })).toMatchObject({ status: 200, body: { ferme: false } });
    for (const gone of [id, 14]) expect((await call('get', { id: gone })).status).toBe(404);
    expect((await call('remove', { id })).status).toBe(404);
    expect((await listed({ fermes: '1' })).map((operator) => operator.code).filter((one) => one === code || one === 'FREESN')).toEqual([]);
    expect(await store.byCode('FREESN')).toBeUndefined();
  });

  it('that are gone can be made again, the catalogue’s under its own number or a new one', async () => {
    const { id, code } = await added();
    await call('remove', { id });
    expect((await call('add', { body: newBody({ code, id }) })).status).toBe(201);
    await call('remove', { id: 17 });
    expect(await call('add', { body: newBody({ code: 'OMBF', id: 17 }) })).toMatchObject({ status: 201, body: { id: 17 } });
    expect((await call('get', { id: 17 })).status).toBe(200);
  });

  it('with taches are closed: out of the list, there by number, and open again by a patch', async () => {
    const { id, code } = await added();
    await makeTacheOf(code);
    expect(await call('remove', { id })).toMatchObject({ status: 200, body: { ferme: true } });
    expect((await listed()).map((operator) => operator.code)).not.toContain(code);
    expect((await listed({ fermes: '1' })).map((operator) => operator.code)).toContain(code);
    expect((await call('get', { id })).status).toBe(200);
    expect(await call('change', { id, body: { ferme: false } })).toMatchObject({ status: 200, body: { ferme: false } });
    expect((await listed()).map((operator) => operator.code)).toContain(code);
  });

  it('with taches keep their currency', async () => {
    const { id, code } = await added();
    expect((await call('change', { id, body: { devise: 'USD' } })).status).toBe(200);
    await makeTacheOf(code);
    expect((await call('change', { id, body: { devise: 'XOF' } })).status).toBe(409);
  });

  it.each(['', 'omci', 'É'.repeat(2_000), 'OMCI#1', '../x'])('are not found by a code that cannot be one: %j', async (code) => {
    expect(await store.byCode(code)).toBeUndefined();
  });
});
