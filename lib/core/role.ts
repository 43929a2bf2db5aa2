import { GROUPS } from './user.ts';

/** A place in the organisation: whoever holds a role sees the work of those whose role lies below it. */
export interface Role {
  readonly id: number;
  readonly name: string;
  /** `undefined` for the top only. */
  readonly parentId: number | undefined;
}

/** The roles that every stage has: each group gives one, and each lies under the one before. */
export const BUILT_IN_ROLES: readonly Role[] = GROUPS.map((name, index) => ({ id: index + 1, name, parentId: index === 0 ? undefined : index }));

/** Roles by id. */
export type RoleTree = ReadonlyMap<number, Role>;

/** The built-in roles and those that administrators added. A built-in role never moves. */
export function roleTree(added: readonly Role[]): RoleTree {
  return new Map([...added, ...BUILT_IN_ROLES].map((role) => [role.id, role]));
}

export function isBuiltIn(roleId: number): boolean {
  return BUILT_IN_ROLES.some(({ id }) => id === roleId);
}

/** The role that the highest of a user's groups gives; `undefined` where they are in none of ours. */
export function roleOfGroups(groups: readonly string[]): Role | undefined {
  return BUILT_IN_ROLES.find(({ name }) => groups.includes(name));
}

/** The role somebody holds: the one given to them while it exists, otherwise that of their groups. */
export function heldRole(tree: RoleTree, assignedId: number | undefined, groups: readonly string[]): Role | undefined {
  return (assignedId === undefined ? undefined : tree.get(assignedId)) ?? roleOfGroups(groups);
}

/** Whether the first role lies above the second, at whatever depth. No role lies above itself, and a ring of parents ends the search. */
export function isAbove(tree: RoleTree, roleId: number, otherRoleId: number): boolean {
  const passed = new Set([otherRoleId]);
  for (let parent = tree.get(otherRoleId)?.parentId; parent !== undefined && !passed.has(parent); parent = tree.get(parent)?.parentId) {
    if (parent === roleId) return tree.has(roleId);
    passed.add(parent);
  }
  return false;
}

/** Whether a role could lie under another without making a ring. */
export function mayLieUnder(tree: RoleTree, roleId: number, parentId: number): boolean {
  return tree.has(parentId) && roleId !== parentId && !isAbove(tree, roleId, parentId);
}
