import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_ROLES, heldRole, isAbove, isBuiltIn, mayLieUnder, type Role, roleOfGroups, roleTree } from '../../lib/core/role.ts';

const ABIDJAN: Role = { id: 4, name: 'superviseur Abidjan', parentId: 2 };
const BOUAKE: Role = { id: 5, name: 'agent Bouaké', parentId: 4 };
const tree = roleTree([ABIDJAN, BOUAKE]);

describe('the roles that every stage has', () => {
  it('are administrateur over superviseur over agent, under the numbers 1 to 3', () => {
    expect(BUILT_IN_ROLES).toEqual([
      { id: 1, name: 'administrateur', parentId: undefined },
      { id: 2, name: 'superviseur', parentId: 1 },
      { id: 3, name: 'agent', parentId: 2 },
    ]);
  });

  it('are told from those that were added', () => {
    expect([0, 1, 2, 3, 4].map(isBuiltIn)).toEqual([false, true, true, true, false]);
  });

  it('may have others under them, which may lie under each other', () => {
    const tree = roleTree([
      { id: 10, name: 'Caisse', parentId: 1 },
      { id: 11, name: 'Guichet', parentId: 10 },
    ]);
    expect([mayLieUnder(tree, 11, 3), mayLieUnder(tree, 10, 11), mayLieUnder(tree, 11, 99), mayLieUnder(tree, 11, 11)]).toEqual([true, false, false, false]);
  });

  it('stay where they are, whatever the table says of their numbers', () => {
    expect(roleTree([{ id: 1, name: 'pirate', parentId: 3 }]).get(1)).toEqual({ id: 1, name: 'administrateur', parentId: undefined });
  });

  it('come from the highest group, and from none of ours comes none', () => {
    expect(roleOfGroups(['agent', 'administrateur'])?.name).toBe('administrateur');
    expect(roleOfGroups(['comptable'])).toBeUndefined();
  });
});

describe('a role', () => {
  it.each([
    [1, 3, true],
    [1, 5, true],
    [2, 5, true],
    [4, 5, true],
    [4, 3, false],
    [5, 4, false],
    [3, 5, false],
    [3, 3, false],
    [99, 5, false],
    [1, 99, false],
  ])('%i lies above %i: %s', (one, other, expected) => {
    expect(isAbove(tree, one, other)).toBe(expected);
  });

  it('given to somebody counts before that of their groups, until it is gone', () => {
    expect(heldRole(tree, 5, ['superviseur'])).toEqual(BOUAKE);
    expect(heldRole(roleTree([]), 5, ['superviseur'])?.name).toBe('superviseur');
    expect(heldRole(tree, undefined, [])).toBeUndefined();
  });

  it.each([
    ['itself', 4, 4],
    ['a role that lies under it', 4, 5],
    ['a role that does not exist', 5, 99],
  ])('may not lie under %s', (_what, id, parentId) => {
    expect(mayLieUnder(tree, id, parentId)).toBe(false);
  });
});

/** Any parents at all, rings included. */
const anyTree = fc
  .array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 9 })
  .map((parents) => roleTree(parents.map((parentId, index) => ({ id: index + 4, name: `role ${index}`, parentId }))));
const anyId = fc.integer({ min: 1, max: 14 });

describe('in any tree, sound or not', () => {
  it('the search ends, and no role lies above itself', () => {
    fc.assert(fc.property(anyTree, anyId, (roles, id) => !isAbove(roles, id, id)));
  });

  it('what lies above a parent lies above its child, unless the child is itself up there', () => {
    fc.assert(
      fc.property(anyTree, anyId, anyId, (roles, above, id) => {
        const parentId = roles.get(id)?.parentId;
        return parentId === undefined || above === id || !isAbove(roles, above, parentId) || isAbove(roles, above, id);
      }),
    );
  });

  it('a move that is allowed makes no ring: of two roles at most one lies above the other', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyId, anyId), { maxLength: 30 }), (moves) => {
        let added: readonly Role[] = Array.from({ length: 6 }, (_, index) => ({ id: index + 4, name: `role ${index}`, parentId: 1 }));
        for (const [id, parentId] of moves) {
          if (id > 3 && added.some((role) => role.id === id) && mayLieUnder(roleTree(added), id, parentId))
            added = added.map((role) => (role.id === id ? { ...role, parentId } : role));
        }
        const moved = roleTree(added);
        for (const one of moved.keys()) for (const other of moved.keys()) if (isAbove(moved, one, other) && isAbove(moved, other, one)) return false;
        return [...moved.keys()].every((id) => id === 1 || isAbove(moved, 1, id));
      }),
    );
  });
});
