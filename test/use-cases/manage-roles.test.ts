import { describe, expect, it } from 'vitest';
import type { Role } from '../../lib/core/role.ts';
import { addRole, changeRole, listRoles, removeRole, roleHeldBy } from '../../lib/use-cases/manage-roles.ts';
import { reasonOf } from './failing.ts';
import { peopleInMemory } from './people-in-memory.ts';

const ABIDJAN: Role = { id: 4, name: 'superviseur Abidjan', parentId: 2 };
const BOUAKE: Role = { id: 5, name: 'agent Bouaké', parentId: 4 };
const stage = () => peopleInMemory([{ name: 'bouake', groups: ['agent'], roleId: 5 }], [ABIDJAN, BOUAKE]);

describe('roles', () => {
  it('are listed with the built-in ones first', async () => {
    expect((await listRoles(stage().roles)).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
  });

  it('may be added anywhere in the tree', async () => {
    const { roles } = stage();
    const added = await addRole(roles, { name: 'agent Korhogo', parentId: 3 });
    expect(await roles.list()).toContainEqual(added);
  });

  it.each([
    ['under a role that does not exist', { name: 'agent Man', parentId: 99 }, { code: 'invalid-request', errors: { parent: [expect.any(String)] } }],
    ['under a name that is taken, whatever its case', { name: 'AGENT bouaké', parentId: 4 }, { code: 'conflict' }],
    ['under the name of a built-in role', { name: 'agent', parentId: 4 }, { code: 'conflict' }],
  ])('may not be added %s', async (_what, wish, reason) => {
    expect(await reasonOf(addRole(stage().roles, wish))).toMatchObject(reason);
  });

  it('may be renamed and moved, each alone', async () => {
    const { roles } = stage();
    expect(await changeRole(roles, 5, { parentId: 3 })).toEqual({ ...BOUAKE, parentId: 3 });
    expect(await changeRole(roles, 5, { name: 'agent Centre' })).toEqual({ id: 5, name: 'agent Centre', parentId: 3 });
  });

  it.each([
    ['themselves', 4, 4],
    ['a role that lies under them', 4, 5],
    ['a role that does not exist', 5, 99],
  ])('may not be moved under %s', async (_what, id, parentId) => {
    const { roles } = stage();
    expect(await reasonOf(changeRole(roles, id, { parentId }))).toMatchObject({ code: 'invalid-request', errors: { parent: [expect.any(String)] } });
    expect(await roles.list()).toEqual([ABIDJAN, BOUAKE]);
  });

  it.each([1, 2, 3])('that are built in, as number %i, are neither changed nor removed', async (id) => {
    const deps = stage();
    expect(await reasonOf(changeRole(deps.roles, id, { name: 'autre' }))).toMatchObject({ code: 'conflict' });
    expect(await reasonOf(removeRole(deps, id))).toMatchObject({ code: 'conflict' });
  });

  it('are not removed while other roles lie under them, or while somebody holds them', async () => {
    const deps = stage();
    expect(await reasonOf(removeRole(deps, 4))).toMatchObject({ code: 'conflict', detail: expect.stringContaining('rôles') });
    expect(await reasonOf(removeRole(deps, 5))).toMatchObject({ code: 'conflict', detail: expect.stringContaining('utilisateurs') });
    await deps.memberships.assign('bouake', undefined);
    await removeRole(deps, 5);
    await removeRole(deps, 4);
    expect(await deps.roles.list()).toEqual([]);
  });

  it('that do not exist are not found', async () => {
    expect(await reasonOf(removeRole(stage(), 99))).toMatchObject({ code: 'not-found' });
    expect(await reasonOf(changeRole(stage().roles, 99, { name: 'x' }))).toMatchObject({ code: 'not-found' });
  });

  it('are held by gift, otherwise by group', async () => {
    const deps = stage();
    expect(await roleHeldBy(deps, { username: 'bouake', groups: ['agent'] })).toEqual(BOUAKE);
    expect((await roleHeldBy(deps, { username: 'autre', groups: ['agent'] }))?.name).toBe('agent');
  });
});
