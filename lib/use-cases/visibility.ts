import { BUILT_IN_ROLES, heldRole, isAbove, type Role, type RoleTree, roleOfGroups, roleTree } from '../core/role.ts';
import { DROP_OWNER } from '../core/tache.ts';
import { ADMINISTRATORS, type Caller, type Group } from '../core/user.ts';
import type { MayRead, Memberships, Roles } from '../ports.ts';

export interface VisibilityDependencies {
  readonly memberships: Memberships;
  readonly roles: Roles;
}

/** What somebody sees of the work of others. Roles are read at the first question and kept for this viewer. */
export interface Viewer {
  /** Their own work, that of roles below theirs, and what came by the drop folder; administrators see everything. */
  readonly mayRead: MayRead;
  /** Their own work and that of roles below theirs; what came by the drop folder is for supervisors and above. */
  readonly mayValidate: MayRead;
}

const SUPERVISORS = 'superviseur' satisfies Group;

/** Where the stage asks for no token nobody is known, and everything is open to be read. */
const ANYBODY: Viewer = { mayRead: async () => true, mayValidate: async () => false };
const ADMINISTRATOR: Viewer = { mayRead: async () => true, mayValidate: async () => true };

/** How a caller sees the work of others. `undefined` stands for a route that the stage opened. */
export function viewerOf(deps: VisibilityDependencies, caller: Caller | undefined): Viewer {
  if (caller === undefined) return ANYBODY;
  return caller.groups.includes(ADMINISTRATORS) ? ADMINISTRATOR : memberView(deps, caller);
}

function memberView({ memberships, roles }: VisibilityDependencies, { username, groups }: Caller): Viewer {
  const own = once(async () => {
    const [tree, membership] = await Promise.all([roles.list().then(roleTree), memberships.of(username)]);
    return { tree, role: heldRole(tree, membership?.roleId, groups) };
  });
  const isSuperior = remembered(async (owner: string) => {
    const [{ tree, role }, membership] = await Promise.all([own(), memberships.of(owner)]);
    return role !== undefined && isAbove(tree, role.id, ownerRole(tree, membership?.roleId, membership?.groups ?? []).id);
  });
  const isSupervisor = async () => {
    const { tree, role } = await own();
    const supervisor = roleOfGroups([SUPERVISORS]);
    return groups.includes(SUPERVISORS) || (role !== undefined && supervisor !== undefined && (role.id === supervisor.id || isAbove(tree, role.id, supervisor.id)));
  };
  return {
    mayRead: async (owner) => owner === username || owner === DROP_OWNER || isSuperior(owner),
    mayValidate: async (owner) => (owner === DROP_OWNER ? isSupervisor() : owner === username || isSuperior(owner)),
  };
}

/** Whoever has left our groups keeps the place of an agent, so that their work does not fall out of sight. */
function ownerRole(tree: RoleTree, assignedId: number | undefined, groups: readonly string[]): Role {
  return heldRole(tree, assignedId, groups) ?? LOWEST;
}

const LOWEST: Role = BUILT_IN_ROLES.at(-1) ?? { id: 0, name: '', parentId: undefined };

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined;
  return () => {
    value ??= make();
    return value;
  };
}

function remembered<Value>(make: (name: string) => Promise<Value>): (name: string) => Promise<Value> {
  const values = new Map<string, Promise<Value>>();
  return (name) => {
    const known = values.get(name) ?? make(name);
    values.set(name, known);
    return known;
  };
}
