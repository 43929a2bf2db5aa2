import { heldRole, isBuiltIn, mayLieUnder, type Role, roleTree } from '../core/role.ts';
import type { Caller } from '../core/user.ts';
import type { Memberships, Roles } from '../ports.ts';
import { Failure, found } from './failure.ts';

/** What an administrator says of a role. */
export interface RoleWish {
  readonly name: string;
  readonly parentId: number;
}

/** Every role, the built-in ones first. */
export async function listRoles(roles: Roles): Promise<readonly Role[]> {
  return [...roleTree(await roles.list()).values()].sort((one, other) => one.id - other.id);
}

/** @throws Failure where the parent does not exist or the name is taken */
export async function addRole(roles: Roles, { name, parentId }: RoleWish): Promise<Role> {
  const known = await listRoles(roles);
  refuseTakenName(known, name, undefined);
  if (!known.some(({ id }) => id === parentId)) throw wrongParent(`Aucun rôle ne porte le numéro ${parentId}.`);
  const role = { id: await roles.nextId(), name, parentId };
  await roles.save(role);
  return role;
}

/** Renames or moves a role that administrators added. @throws Failure: built-in, unknown, name taken, or a ring */
export async function changeRole(roles: Roles, id: number, wish: { readonly [Field in keyof RoleWish]?: RoleWish[Field] | undefined }): Promise<Role> {
  const known = await listRoles(roles);
  const current = addedRole(known, id);
  const name = wish.name ?? current.name;
  const parentId = wish.parentId ?? current.parentId;
  refuseTakenName(known, name, id);
  if (parentId === undefined || !known.some((role) => role.id === parentId)) throw wrongParent(`Aucun rôle ne porte le numéro ${parentId}.`);
  if (!mayLieUnder(roleTree(known), id, parentId)) throw wrongParent('Un rôle ne peut être placé ni sous lui-même ni sous un rôle qui dépend de lui.');
  const role = { id, name, parentId };
  await roles.save(role);
  return role;
}

/** @throws Failure: built-in, unknown, or still in use */
export async function removeRole({ roles, memberships }: { readonly roles: Roles; readonly memberships: Memberships }, id: number): Promise<void> {
  const known = await listRoles(roles);
  addedRole(known, id);
  if (known.some(({ parentId }) => parentId === id)) throw conflict("D'autres rôles dépendent de ce rôle : déplacez-les d'abord.");
  if (await memberships.isAssigned(id)) throw conflict("Des utilisateurs portent ce rôle : donnez-leur d'abord un autre rôle.");
  await roles.remove(id);
}

/** The role that a caller holds at present. */
export async function roleHeldBy({ roles, memberships }: { readonly roles: Roles; readonly memberships: Memberships }, { username, groups }: Caller): Promise<Role | undefined> {
  const [added, membership] = await Promise.all([roles.list(), memberships.of(username)]);
  return heldRole(roleTree(added), membership?.roleId, groups);
}

function addedRole(known: readonly Role[], id: number): Role {
  const role = found(
    known.find((candidate) => candidate.id === id),
    `Aucun rôle ne porte le numéro ${id}.`,
  );
  if (isBuiltIn(id)) throw conflict(`Le rôle ${role.name} fait partie du produit : il ne peut être ni modifié ni supprimé.`);
  return role;
}

function refuseTakenName(known: readonly Role[], name: string, own: number | undefined): void {
  const key = name.toLowerCase();
  if (known.some((role) => role.id !== own && role.name.toLowerCase() === key)) throw conflict(`Un rôle s'appelle déjà ${name}.`);
}

function wrongParent(text: string): Failure {
  return new Failure({ code: 'invalid-request', detail: 'Le rôle ne peut pas être placé là.', errors: { parent: [text] } });
}

function conflict(detail: string): Failure {
  return new Failure({ code: 'conflict', detail });
}
