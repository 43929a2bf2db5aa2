import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Caller } from '../../lib/core/user.ts';
import { ENVIRONMENT } from '../../lib/environment.ts';
import { type Asked, type Given, invoke } from './invoke.ts';
import { startRegistry } from './registry-table.ts';

const RACINE: Caller = { username: 'racine', groups: ['administrateur'] };
const CHEF: Caller = { username: 'chef', groups: ['superviseur'] };
const AWA: Caller = { username: 'awa', groups: ['agent'] };
const STRANGER: Caller = { username: 'inscrit', groups: [] };

type Verb = 'listRoles' | 'addRole' | 'replaceRole' | 'changeRole' | 'removeRole' | 'addProfile' | 'changeProfile' | 'getProfile';

let stop = () => {};
let functions: Readonly<Record<Verb, (asked: Asked) => Promise<Given>>>;

beforeAll(async () => {
  stop = await startRegistry();
  process.env[ENVIRONMENT.userPoolId] = 'eu-west-3_nobodyasks';
  const { dynamoMemberships } = await import('../../lib/adapters/dynamodb/memberships.ts');
  const { dynamoUsers } = await import('../../lib/adapters/dynamodb/users.ts');
  for (const { username, groups } of [RACINE, CHEF, AWA]) {
    await dynamoMemberships('registry').remember(username, groups);
    await dynamoUsers('registry').obtain(username);
  }
  const [listRoles, addRole, replaceRole, changeRole, removeRole, addProfile, changeProfile, getProfile] = await Promise.all([
    import('../../functions/roles/list-roles.ts'),
    import('../../functions/roles/add-role.ts'),
    import('../../functions/roles/replace-role.ts'),
    import('../../functions/roles/change-role.ts'),
    import('../../functions/roles/remove-role.ts'),
    import('../../functions/profiles/add-profile.ts'),
    import('../../functions/profiles/change-profile.ts'),
    import('../../functions/profiles/get-profile.ts'),
  ]);
  functions = {
    listRoles: (asked) => invoke(listRoles.handler, asked),
    addRole: (asked) => invoke(addRole.handler, asked),
    replaceRole: (asked) => invoke(replaceRole.handler, asked),
    changeRole: (asked) => invoke(changeRole.handler, asked),
    removeRole: (asked) => invoke(removeRole.handler, asked),
    addProfile: (asked) => invoke(addProfile.handler, asked),
    changeProfile: (asked) => invoke(changeProfile.handler, asked),
    getProfile: (asked) => invoke(getProfile.handler, asked),
  };
});

afterAll(() => stop());

const call = (verb: Verb, asked: Asked = {}) => functions[verb]({ caller: RACINE, ...asked });
const numbered = z.object({ id: z.int() });
let names = 0;
async function newRole(parent: number): Promise<number> {
  names += 1;
  return numbered.parse((await call('addRole', { body: { libelle: `rôle ${names}`, parent } })).body).id;
}

describe('roles', () => {
  it('are read by every member, and by nobody else', async () => {
    for (const caller of [RACINE, CHEF, AWA]) {
      expect(await call('listRoles', { caller })).toMatchObject({ status: 200, body: expect.arrayContaining([{ id: 2, libelle: 'superviseur', parent: 1 }]) });
    }
    expect((await call('listRoles', { caller: STRANGER })).status).toBe(403);
    expect((await call('listRoles', { caller: undefined })).status).toBe(401);
  });

  it.each([
    ['nobody', undefined, 401],
    ['somebody without a group', STRANGER, 403],
    ['an agent', AWA, 403],
    ['a supervisor', CHEF, 403],
  ] as const)('are not changed by %s, whatever they send', async (_who, caller, status) => {
    for (const verb of ['addRole', 'replaceRole', 'changeRole', 'removeRole'] as const) {
      for (const body of [{ libelle: 'chef de tout', parent: 1 }, {}, 'x']) expect((await call(verb, { id: 4, body, caller })).status).toBe(status);
    }
  });

  it('are added, renamed, moved and deleted by an administrator', async () => {
    const id = await newRole(2);
    expect(await call('changeRole', { id, body: { parent: 3 } })).toMatchObject({ status: 200, body: { id, parent: 3 } });
    expect(await call('replaceRole', { id, body: { libelle: 'agent Man', parent: 2 } })).toEqual({ status: 200, body: { id, libelle: 'agent Man', parent: 2 }, next: undefined });
    expect(await call('removeRole', { id })).toEqual({ status: 204, body: undefined, next: undefined });
    expect((await call('removeRole', { id })).status).toBe(404);
  });

  it.each([
    [{}, ['libelle', 'parent']],
    [{ libelle: '', parent: 2 }, ['libelle']],
    [{ libelle: 'x', parent: null }, ['parent']],
    [{ libelle: 'x', parent: '2' }, ['parent']],
    [{ libelle: 'x', parent: 9_999 }, ['parent']],
    [{ libelle: 'x'.repeat(101), parent: 2 }, ['libelle']],
  ])('described as %j are a 400 that names %j', async (body, fields) => {
    const answer = await call('addRole', { body });
    expect(answer.status).toBe(400);
    expect(Object.keys(z.object({ errors: z.record(z.string(), z.array(z.string())) }).parse(answer.body).errors)).toEqual(fields);
  });

  it('make no ring: 400', async () => {
    const top = await newRole(2);
    const bottom = await newRole(top);
    expect(await call('changeRole', { id: top, body: { parent: bottom } })).toMatchObject({ status: 400, body: { errors: { parent: [expect.any(String)] } } });
    expect((await call('changeRole', { id: top, body: { parent: top } })).status).toBe(400);
  });

  it('in use, or built in, are not deleted: 409', async () => {
    const top = await newRole(2);
    const bottom = await newRole(top);
    expect((await call('removeRole', { id: top })).status).toBe(409);
    await call('changeProfile', { id: 3, body: { role: bottom } });
    expect((await call('removeRole', { id: bottom })).status).toBe(409);
    await call('changeProfile', { id: 3, body: { role: null } });
    expect((await call('removeRole', { id: bottom })).status).toBe(204);
    for (const id of [1, 2, 3]) expect((await call('removeRole', { id })).status).toBe(409);
  });
});

describe('profiles', () => {
  it('are made by administrators only', async () => {
    for (const [caller, status] of [
      [undefined, 401],
      [STRANGER, 403],
      [AWA, 403],
      [CHEF, 403],
    ] as const) {
      expect((await call('addProfile', { caller, body: { username: 'x' } })).status).toBe(status);
    }
  });

  it('take what their user may say of themselves, and show it', async () => {
    const body = { telephone: '+225 07 00 00 00 01', numero_whatsapp: '0700000002', nom: 'Koné', prenom: 'Awa', email: 'awa@example.com' };
    const answer = await call('changeProfile', { caller: AWA, id: 3, body });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        id: 3,
        user: 3,
        telephone: '+225 07 00 00 00 01',
        fonction: '',
        details: { nom: 'Koné', prenom: 'Awa', email: 'awa@example.com', usename: 'awa', role: { libelle: 'agent' } },
      },
    });
    expect((await call('getProfile', { caller: AWA, id: 3 })).body).toEqual({
      id: 3,
      telephone: '+225 07 00 00 00 01',
      numero_whatsapp: '0700000002',
      fonction: '',
      matricule: '',
      user: 3,
    });
  });

  it('that were read may be sent back as they are', async () => {
    const { body } = await call('getProfile', { caller: AWA, id: 3 });
    expect((await call('changeProfile', { caller: AWA, id: 3, body })).status).toBe(200);
  });

  it.each([
    [{ id: 1 }, ['id']],
    [{ user: 1 }, ['user']],
    [{ matricule: 'M-1' }, ['matricule']],
    [{ fonction: 'Directrice' }, ['fonction']],
    [{ role: 1 }, ['role']],
    [{ groupe: 'administrateur' }, ['groupe']],
    [{ username: 'racine' }, ['username']],
    [{ is_staff: true }, ['is_staff']],
    [{ telephone: 'appelle-moi' }, ['telephone']],
    [{ telephone: 225 }, ['telephone']],
    [{ email: 'awa' }, ['email']],
    [{ nom: 'x'.repeat(201) }, ['nom']],
  ])('do not take %j from their user: 400 that names %j', async (body, fields) => {
    const answer = await call('changeProfile', { caller: AWA, id: 3, body });
    expect(answer.status).toBe(400);
    expect(Object.keys(z.object({ errors: z.record(z.string(), z.array(z.string())) }).parse(answer.body).errors)).toEqual(fields);
  });

  it('of others are a 404 where they are hidden, a 403 where they are only to be read', async () => {
    expect((await call('changeProfile', { caller: AWA, id: 2, body: {} })).status).toBe(404);
    expect((await call('changeProfile', { caller: CHEF, id: 3, body: {} })).status).toBe(403);
    expect((await call('changeProfile', { caller: RACINE, id: 3, body: { fonction: 'Caissière', matricule: 'M-7' } })).status).toBe(200);
  });
});
