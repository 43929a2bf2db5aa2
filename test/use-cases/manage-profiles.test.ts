import { describe, expect, it } from 'vitest';
import type { Caller } from '../../lib/core/user.ts';
import { addProfile, changeProfile, type FixedNumbers, type ProfileWish, readProfile } from '../../lib/use-cases/manage-profiles.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';
import { reasonOf } from './failing.ts';
import { type PeopleInMemory, type Person, peopleInMemory } from './people-in-memory.ts';

const RACINE: Caller = { username: 'racine', groups: ['administrateur'] };
const CHEF: Caller = { username: 'chef', groups: ['superviseur'] };
const AWA: Caller = { username: 'awa', groups: ['agent'] };
const BEN: Caller = { username: 'ben', groups: ['agent'] };

/** Profiles 1 to 4, in this order. */
const PEOPLE: readonly Person[] = [RACINE, CHEF, AWA, BEN].map(({ username, groups }) => ({ name: username, groups }));
const stage = () => peopleInMemory(PEOPLE, [{ id: 4, name: 'superviseur Abidjan', parentId: 2 }]);
const change = (deps: PeopleInMemory, caller: Caller, id: number, wish: ProfileWish & FixedNumbers) => changeProfile(deps, id, wish, caller, viewerOf(deps, caller));

describe('a profile is seen', () => {
  it.each([
    ['racine', RACINE, [1, 2, 3, 4]],
    ['chef', CHEF, [2, 3, 4]],
    ['awa', AWA, [3]],
  ])('by %s where it is their own or of a role below', async (_name, caller, seen) => {
    const deps = stage();
    const found = await Promise.all([1, 2, 3, 4].map((id) => reasonOf(readProfile(deps.users, id, viewerOf(deps, caller)))));
    expect([1, 2, 3, 4].filter((_, index) => found[index] === undefined)).toEqual(seen);
    expect(new Set(found.map((reason) => reason?.code))).toEqual(seen.length === 4 ? new Set([undefined]) : new Set([undefined, 'not-found']));
  });

  it('as little as one that does not exist, where it is not for the viewer', async () => {
    const deps = stage();
    const hidden = await reasonOf(readProfile(deps.users, 2, viewerOf(deps, AWA)));
    const missing = await reasonOf(readProfile(deps.users, 99, viewerOf(deps, AWA)));
    expect(hidden).toEqual({ ...missing, detail: 'Aucun profil ne porte le numéro 2.' });
  });
});

describe('a user', () => {
  it('changes the harmless fields of their own profile', async () => {
    const wish = { telephone: '0700000001', whatsapp: '0700000002', lastName: 'Koné', firstName: 'Awa', email: 'awa@example.com' };
    const { user } = await change(stage(), AWA, 3, wish);
    expect(user).toMatchObject({ lastName: 'Koné', firstName: 'Awa', email: 'awa@example.com', profile: { telephone: '0700000001', whatsapp: '0700000002' } });
  });

  it.each([
    ['fonction', { position: 'Directrice' }],
    ['matricule', { staffNumber: 'M-1' }],
    ['role', { roleId: 1 }],
    ['role', { roleId: null }],
    ['groupe', { group: 'administrateur' }],
    ['id', { id: 1 }],
    ['user', { userId: 1 }],
  ] as const)('may not change %s: %j', async (field, wish) => {
    const deps = stage();
    expect(await reasonOf(change(deps, AWA, 3, { ...wish, telephone: '0700000009' }))).toMatchObject({ code: 'invalid-request', errors: { [field]: [expect.any(String)] } });
    expect(await deps.users.profile(3)).toMatchObject({ telephone: '', position: '', staffNumber: '' });
    expect(deps.accounts.groupsOf('awa')).toEqual(['agent']);
  });

  it('may send back what they read of the fields they may not change', async () => {
    const wish = { id: 3, userId: 3, position: '', staffNumber: '', roleId: 3, telephone: '0700000009' };
    expect((await change(stage(), AWA, 3, wish)).user.profile.telephone).toBe('0700000009');
  });

  it('does not change what they see of others, and does not learn of what they do not see', async () => {
    expect(await reasonOf(change(stage(), CHEF, 3, { telephone: '1' }))).toMatchObject({ code: 'forbidden' });
    expect(await reasonOf(change(stage(), AWA, 4, { telephone: '1' }))).toMatchObject({ code: 'not-found' });
  });
});

describe('an administrator', () => {
  it('changes everything of everybody: texts, role and group', async () => {
    const deps = stage();
    const { user, role } = await change(deps, RACINE, 3, { position: 'Caissière', staffNumber: 'M-7', roleId: 4, group: 'superviseur' });
    expect(user.profile).toMatchObject({ position: 'Caissière', staffNumber: 'M-7' });
    expect(role?.name).toBe('superviseur Abidjan');
    expect(deps.accounts.groupsOf('awa')).toEqual(['superviseur']);
  });

  it('takes a role back with null: that of the group counts again', async () => {
    const deps = stage();
    await change(deps, RACINE, 3, { roleId: 4 });
    expect((await change(deps, RACINE, 3, { roleId: null })).role?.name).toBe('agent');
  });

  it('gives no role that does not exist', async () => {
    expect(await reasonOf(change(stage(), RACINE, 3, { roleId: 99 }))).toMatchObject({ code: 'invalid-request', errors: { role: [expect.stringContaining('99')] } });
  });

  it('does not take the group of administrators from themselves: somebody must be left who could give it back', async () => {
    const deps = stage();
    expect(await reasonOf(change(deps, RACINE, 1, { group: 'agent' }))).toMatchObject({ code: 'conflict' });
    expect(deps.accounts.groupsOf('racine')).toEqual(['administrateur']);
  });

  it('invites somebody new by their address, and places them', async () => {
    const deps = stage();
    const { user, role } = await addProfile(deps, 'fanta', { email: 'fanta@example.com', group: 'agent', position: 'Agent', telephone: '0700000003' });
    expect(deps.accounts.invitations).toEqual(['fanta <fanta@example.com>']);
    expect(user).toMatchObject({ username: 'fanta', profile: { position: 'Agent', telephone: '0700000003' } });
    expect(role?.name).toBe('agent');
  });

  it('makes the profile of an account that has none, without inviting anybody', async () => {
    const deps = { ...stage(), accounts: peopleInMemory([{ name: 'sans profil', groups: [] }]).accounts };
    expect((await addProfile(deps, 'sans profil', { position: 'Agent' })).user.profile.position).toBe('Agent');
    expect(deps.accounts.invitations).toEqual([]);
  });

  it.each([
    ['somebody new without an address', 'fanta', {}, { code: 'invalid-request', errors: { email: [expect.any(String)] } }],
    ['a name that cannot be one', 'fanta diallo', { email: 'f@example.com' }, { code: 'invalid-request', errors: { username: [expect.any(String)] } }],
    ['the name of the drop folder', 'Depot', { email: 'd@example.com' }, { code: 'invalid-request', errors: { username: [expect.any(String)] } }],
    ['a role that does not exist', 'fanta', { email: 'f@example.com', roleId: 99 }, { code: 'invalid-request', errors: { role: [expect.any(String)] } }],
    ['somebody who has a profile', 'awa', {}, { code: 'conflict', detail: expect.stringContaining('/profiles/3') }],
  ] as const)('makes no profile for %s', async (_what, name, wish, reason) => {
    const deps = stage();
    expect(await reasonOf(addProfile(deps, name, wish))).toMatchObject(reason);
    expect(deps.accounts.invitations).toEqual([]);
  });
});
