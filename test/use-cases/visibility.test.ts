import { describe, expect, it } from 'vitest';
import type { Role } from '../../lib/core/role.ts';
import { type Viewer, viewerOf } from '../../lib/use-cases/visibility.ts';
import { type Person, peopleInMemory } from './people-in-memory.ts';

const ROLES: readonly Role[] = [
  { id: 4, name: 'superviseur Abidjan', parentId: 2 },
  { id: 5, name: 'agent Bouaké', parentId: 4 },
  { id: 6, name: 'superviseur Korhogo', parentId: 2 },
];

const PEOPLE: readonly Person[] = [
  { name: 'racine', groups: ['administrateur'] },
  { name: 'chef', groups: ['superviseur'] },
  { name: 'autre chef', groups: ['superviseur'] },
  { name: 'abidjan', groups: ['superviseur'], roleId: 4 },
  { name: 'korhogo', groups: ['superviseur'], roleId: 6 },
  { name: 'bouake', groups: ['agent'], roleId: 5 },
  { name: 'agent', groups: ['agent'] },
  { name: 'autre agent', groups: ['agent'] },
  { name: 'parti', groups: [] },
];

/** Whose work each person sees, from the names of everybody. */
async function seenBy(name: string, ask: (viewer: Viewer) => Viewer['mayRead'] = ({ mayRead }) => mayRead): Promise<readonly string[]> {
  const deps = peopleInMemory(PEOPLE, ROLES);
  const person = PEOPLE.find((one) => one.name === name);
  const question = ask(viewerOf(deps, { username: name, groups: person?.groups ?? [] }));
  const owners = [...PEOPLE.map((one) => one.name), 'inconnu', 'depot'];
  const answers = await Promise.all(owners.map(question));
  return owners.filter((_, index) => answers[index]);
}

const EVERYBODY = [...PEOPLE.map(({ name }) => name), 'inconnu', 'depot'];

describe('whose taches one sees', () => {
  it.each([
    ['racine', EVERYBODY],
    ['chef', ['chef', 'abidjan', 'korhogo', 'bouake', 'agent', 'autre agent', 'parti', 'inconnu', 'depot']],
    ['abidjan', ['abidjan', 'bouake', 'depot']],
    ['korhogo', ['korhogo', 'depot']],
    ['bouake', ['bouake', 'depot']],
    ['agent', ['agent', 'depot']],
  ])('%s: %j', async (name, seen) => {
    expect(await seenBy(name)).toEqual(seen);
  });

  it('a role at one’s own height is not below: two supervisors, or two agents, do not see each other', async () => {
    expect(await seenBy('chef')).not.toContain('autre chef');
    expect(await seenBy('agent')).not.toContain('autre agent');
  });

  it('whoever has left the groups keeps the place of an agent: their work does not fall out of sight', async () => {
    expect(await seenBy('chef')).toContain('parti');
    expect(await seenBy('agent')).not.toContain('parti');
  });

  it('the token of the viewer decides, not what was noted of it earlier', async () => {
    const deps = peopleInMemory([
      { name: 'promu', groups: ['agent'] },
      { name: 'agent', groups: ['agent'] },
    ]);
    expect(await viewerOf(deps, { username: 'promu', groups: ['superviseur'] }).mayRead('agent')).toBe(true);
    expect(await viewerOf(deps, { username: 'promu', groups: ['agent'] }).mayRead('agent')).toBe(false);
  });

  it('a role that was taken from the tree no longer counts', async () => {
    const deps = peopleInMemory(
      [
        { name: 'abidjan', groups: ['superviseur'], roleId: 4 },
        { name: 'agent', groups: ['agent'] },
      ],
      [],
    );
    expect(await viewerOf(deps, { username: 'abidjan', groups: ['superviseur'] }).mayRead('agent')).toBe(true);
  });

  it('the owner’s role of today counts: given another place, they are seen from there', async () => {
    const deps = peopleInMemory([{ name: 'bouake', groups: ['agent'] }], ROLES);
    const abidjan = () => viewerOf(deps, { username: 'abidjan', groups: ['superviseur'] });
    await deps.memberships.assign('abidjan', 4);
    expect(await abidjan().mayRead('bouake')).toBe(false);
    await deps.memberships.assign('bouake', 5);
    expect(await abidjan().mayRead('bouake')).toBe(true);
  });

  it('where the stage asks for no token everything is open to be read, and nothing to be validated', async () => {
    const viewer = viewerOf(peopleInMemory([]), undefined);
    expect(await viewer.mayRead('agent')).toBe(true);
    expect(await viewer.mayValidate('agent')).toBe(false);
    expect(await viewer.mayValidate('depot')).toBe(false);
  });

  it('a hundred questions about one owner are one read', async () => {
    const deps = peopleInMemory(PEOPLE, ROLES);
    const { mayRead } = viewerOf(deps, { username: 'chef', groups: ['superviseur'] });
    for (let index = 0; index < 100; index += 1) await mayRead('agent');
    expect(deps.memberships.reads()).toBe(2);
  });
});

describe('whose taches one validates', () => {
  const validatedBy = (name: string) => seenBy(name, ({ mayValidate }) => mayValidate);

  it.each([
    ['racine', EVERYBODY],
    ['abidjan', ['abidjan', 'bouake', 'depot']],
    ['bouake', ['bouake']],
    ['agent', ['agent']],
  ])('%s: %j', async (name, validated) => {
    expect(await validatedBy(name)).toEqual(validated);
  });

  it('what came by the drop folder belongs to no agent, whatever their name', async () => {
    const viewer = viewerOf(peopleInMemory([{ name: 'depot', groups: ['agent'] }]), { username: 'depot', groups: ['agent'] });
    expect(await viewer.mayValidate('depot')).toBe(false);
  });

  it('an agent who was given the role of superviseur validates what was dropped', async () => {
    const viewer = viewerOf(peopleInMemory([{ name: 'adjoint', groups: ['agent'], roleId: 2 }]), { username: 'adjoint', groups: ['agent'] });
    expect(await viewer.mayValidate('depot')).toBe(true);
  });
});
