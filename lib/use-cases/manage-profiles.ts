import { isReservedName } from '../core/reserved-name.ts';
import { heldRole, type Role, type RoleTree, roleTree } from '../core/role.ts';
import { ADMINISTRATORS, type Caller, type Group, type Profile, type User, type UserChanges } from '../core/user.ts';
import type { Accounts, Clock, Memberships, Roles, Users } from '../ports.ts';
import { Failure, type FieldErrors, found } from './failure.ts';
import type { Viewer } from './visibility.ts';

export interface ProfileDependencies {
  readonly users: Users;
  readonly accounts: Accounts;
  readonly memberships: Memberships;
  readonly roles: Roles;
  readonly now: Clock;
}

/** What is to become of a profile and of the user behind it; absent fields stay as they are. */
export interface ProfileWish extends UserChanges {
  /** `null` takes back the role that was given: that of the group counts again. */
  readonly roleId?: number | null | undefined;
  readonly group?: Group | undefined;
}

/** The profile and its user's number as the caller read them: they may be sent back, not changed. */
export interface FixedNumbers {
  readonly id?: number | undefined;
  readonly userId?: number | undefined;
}

export interface UserWithRole {
  readonly user: User;
  readonly role: Role | undefined;
}

/** A profile that a viewer may see. @throws Failure 404 where there is none, or it is not for them: the two look the same */
export async function readProfile(users: Pick<Users, 'profile'>, id: number, { mayRead }: Pick<Viewer, 'mayRead'>): Promise<Profile> {
  const profile = await users.profile(id);
  return found(profile && (await mayRead(profile.username)) ? profile : undefined, `Aucun profil ne porte le numéro ${id}.`);
}

/**
 * Changes a profile: an administrator everything, a user what is harmless of their own.
 * @throws Failure: not visible, not theirs, a field they may not change, an unknown role
 */
export async function changeProfile(deps: ProfileDependencies, id: number, wish: ProfileWish & FixedNumbers, caller: Caller, viewer: Viewer): Promise<UserWithRole> {
  const profile = await readProfile(deps.users, id, viewer);
  const { username } = profile;
  const isAdministrator = caller.groups.includes(ADMINISTRATORS);
  if (!isAdministrator && username !== caller.username) throw new Failure({ code: 'forbidden', detail: "Seul un administrateur peut modifier le profil de quelqu'un d'autre." });
  const [tree, membership] = await Promise.all([deps.roles.list().then(roleTree), deps.memberships.of(username)]);
  refuseFields(fixedNumbers(wish, profile));
  refuseFields(unknownRole(wish, tree));
  if (!isAdministrator) refuseFields(reservedFields(wish, profile, heldRole(tree, membership?.roleId, caller.groups)));
  if (wish.group !== undefined && wish.group !== ADMINISTRATORS && isAdministrator && username === caller.username) {
    throw new Failure({ code: 'conflict', detail: 'Un administrateur ne se retire pas lui-même : demandez-le à un autre administrateur.' });
  }
  return applyWish(deps, username, isAdministrator ? wish : { ...wish, roleId: undefined, group: undefined }, tree);
}

/**
 * Makes the profile of a user, who is invited where the pool does not know them yet.
 * @throws Failure: a profile is there already, an unknown role, a name that cannot be one, no address to invite
 */
export async function addProfile(deps: ProfileDependencies, username: string, wish: ProfileWish): Promise<UserWithRole> {
  const tree = roleTree(await deps.roles.list());
  refuseFields(unknownRole(wish, tree));
  if (isReservedName(username)) throw invalidName();
  const name = (await deps.accounts.find(username)) ?? (await invited(deps.accounts, username, wish.email));
  const known = await deps.users.find(name);
  if (known !== undefined) {
    throw new Failure({ code: 'conflict', detail: `${name} a déjà un profil, le numéro ${known.profile.id} : modifiez-le par PATCH /profiles/${known.profile.id}.` });
  }
  return applyWish(deps, name, wish, tree);
}

async function invited(accounts: Accounts, username: string, email: string | undefined): Promise<string> {
  if (email === undefined || email === '') throw refused({ email: ["Ce nom d'utilisateur n'existe pas encore : une adresse est nécessaire pour l'inviter."] });
  const account = await accounts.invite(username, email);
  if (account === 'username-invalid') throw invalidName();
  return account.username;
}

async function applyWish(
  { users, accounts, memberships, now }: ProfileDependencies,
  username: string,
  { roleId, group, ...changes }: ProfileWish,
  tree: RoleTree,
): Promise<UserWithRole> {
  if (group !== undefined) {
    await accounts.putInGroup(username, group);
    await memberships.place(username, group, now());
  }
  if (roleId !== undefined) await memberships.assign(username, roleId ?? undefined);
  const { telephone, whatsapp, position, staffNumber, lastName, firstName, email } = changes;
  const user = await users.change(username, { telephone, whatsapp, position, staffNumber, lastName, firstName, email });
  const membership = await memberships.of(username);
  return { user, role: heldRole(tree, membership?.roleId, membership?.groups ?? []) };
}

function fixedNumbers(wish: FixedNumbers, profile: Profile): FieldErrors {
  const text = ['Ce numéro ne change pas.'];
  return { ...(differs(wish.id, profile.id) && { id: text }), ...(differs(wish.userId, profile.userId) && { user: text }) };
}

function unknownRole({ roleId }: ProfileWish, tree: RoleTree): FieldErrors {
  return roleId === undefined || roleId === null || tree.has(roleId) ? {} : { role: [`Aucun rôle ne porte le numéro ${roleId}.`] };
}

/** Fields that only administrators change; sending back what stands there is no change. */
function reservedFields(wish: ProfileWish, profile: Profile, role: Role | undefined): FieldErrors {
  const text = ['Seul un administrateur peut changer ce champ.'];
  return {
    ...(differs(wish.position, profile.position) && { fonction: text }),
    ...(differs(wish.staffNumber, profile.staffNumber) && { matricule: text }),
    ...(differs(wish.roleId, role?.id) && { role: text }),
    ...(wish.group !== undefined && { groupe: text }),
  };
}

function differs<Value>(wished: Value | undefined, present: Value): boolean {
  return wished !== undefined && wished !== present;
}

function refuseFields(errors: FieldErrors): void {
  if (Object.keys(errors).length > 0) throw refused(errors);
}

function refused(errors: FieldErrors): Failure {
  return new Failure({ code: 'invalid-request', detail: 'La requête comporte des champs manquants ou invalides.', errors });
}

function invalidName(): Failure {
  return refused({ username: ["Ce nom d'utilisateur n'est pas valide."] });
}
