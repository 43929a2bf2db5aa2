import { isReservedName } from '../core/reserved-name.ts';
import type { Role } from '../core/role.ts';
import type { Tokens, UserClaims } from '../core/tokens.ts';
import type { User } from '../core/user.ts';
import type { FirstSignIn, Identity, Memberships, RefreshTokens, RegistrationRefusal, Revocations, Roles, Users } from '../ports.ts';
import { Failure, type FailureReason, type FieldErrors } from './failure.ts';
import { roleHeldBy } from './manage-roles.ts';
import { type HolderDependencies, holderOf } from './token-holder.ts';

export interface SignInDependencies {
  readonly identity: Pick<Identity, 'signIn' | 'verify'>;
  readonly users: Users;
  readonly memberships: Memberships;
}

export interface RefreshDependencies {
  readonly identity: Pick<Identity, 'refresh' | 'verify'>;
  readonly revocations: Pick<Revocations, 'isRevoked'>;
  readonly memberships: Memberships;
}

export interface RevocationDependencies {
  readonly identity: Pick<Identity, 'refresh' | 'verify' | 'revokeRefreshToken'>;
  readonly revocations: Pick<Revocations, 'revoke'>;
  readonly refreshTokens: Pick<RefreshTokens, 'signInOf'>;
}

const REGISTRATION_REFUSALS = {
  'username-taken': { username: ['Un utilisateur avec ce nom existe déjà.'] },
  'username-invalid': { username: ["Ce nom d'utilisateur n'est pas valide."] },
  'password-weak': { password: ['Mot de passe trop faible : au moins 10 caractères, avec des minuscules, un chiffre et un caractère spécial.'] },
} as const satisfies Record<RegistrationRefusal, FieldErrors>;

/**
 * Makes a user, with an empty profile, and signs them in.
 * @param group what a self-registered user is put in; `undefined` leaves that to an administrator
 * A registration that broke off is gone on with by whoever sends name and password again; a name that somebody has in earnest stays taken, whatever the password.
 * @throws Failure: name taken or invalid, password too weak
 */
export async function registerUser(deps: SignInDependencies & { readonly identity: Identity }, username: string, password: string, group: string | undefined): Promise<Tokens> {
  const refusal = isReservedName(username) ? 'username-invalid' : await deps.identity.register(username, password);
  const begun = refusal === 'username-taken' ? await begunRegistration(deps, username, password) : undefined;
  if (refusal !== undefined && begun === undefined) throw new Failure({ code: 'refused-fields', errors: REGISTRATION_REFUSALS[refusal] });
  // Whoever has a group by now was given it by an administrator.
  if (group !== undefined && (begun === undefined || begun.groups.length === 0)) await deps.identity.addToGroup(username, group);
  return (await signIn(deps, username, password)).tokens;
}

/** Who began to register under a name and came to no profile, which is the last step; looked at before the password is, so that registering tells nobody whether it is right. */
async function begunRegistration(deps: SignInDependencies & { readonly identity: Identity }, username: string, password: string): Promise<UserClaims | undefined> {
  if ((await deps.users.find(username)) !== undefined) return undefined;
  const tokens = await deps.identity.goOnRegistering(username, password);
  const claims = tokens && (await userClaims(deps, tokens));
  // The pool takes a name in any case; the profile has it as it was registered.
  return claims !== undefined && (await deps.users.find(claims.username)) === undefined ? claims : undefined;
}

/** What whoever was invited is told: the first password was right, or nothing of this would be said. */
const FIRST_SIGN_INS = {
  'new-password-needed': { code: 'invalid-grant', detail: 'Première connexion : choisissez votre mot de passe et envoyez-le aussi, dans new_password.' },
  'new-password-weak': { code: 'refused-fields', errors: { new_password: REGISTRATION_REFUSALS['password-weak'].password } },
} as const satisfies Record<FirstSignIn, FailureReason>;

/**
 * @param newPassword what whoever was invited chooses at their first sign-in
 * @throws Failure where name and password do not fit: which of the two is wrong is not told
 */
export async function signIn(
  deps: SignInDependencies,
  username: string,
  password: string,
  newPassword?: string,
): Promise<{ readonly tokens: Tokens; readonly claims: UserClaims; readonly user: User }> {
  const tokens = await deps.identity.signIn(username, password, newPassword);
  if (typeof tokens === 'string') throw new Failure(FIRST_SIGN_INS[tokens]);
  const claims = tokens && (await userClaims(deps, tokens));
  if (tokens === undefined || claims === undefined) throw invalidGrant("Nom d'utilisateur ou mot de passe incorrect.");
  await deps.memberships.remember(claims.username, claims.groups);
  return { tokens, claims, user: await deps.users.obtain(claims.username) };
}

/** @throws Failure where the refresh token, or the sign-in it came of, is no longer good */
export async function refreshTokens(deps: RefreshDependencies, refreshToken: string): Promise<{ readonly tokens: Tokens; readonly claims: UserClaims }> {
  const tokens = await deps.identity.refresh(refreshToken);
  const claims = tokens && (await userClaims(deps, tokens));
  if (tokens === undefined || claims === undefined || (await deps.revocations.isRevoked(claims.signIn))) {
    throw invalidGrant("Ce jeton de rafraîchissement n'est plus valable : reconnectez-vous.");
  }
  await deps.memberships.remember(claims.username, claims.groups);
  return { tokens, claims };
}

/** The pool knows nothing of reserved names: whoever got one past us is nobody here. */
async function userClaims({ identity }: { readonly identity: Pick<Identity, 'verify'> }, { accessToken }: Tokens): Promise<UserClaims | undefined> {
  const claims = await identity.verify(accessToken);
  return claims?.kind === 'user' && !isReservedName(claims.username) ? claims : undefined;
}

/** The longest for which any token of a sign-in can be good: the life of a refresh token and an access token. */
export const LONGEST_SIGN_IN_S = 31 * 86_400;

/**
 * Ends the sign-in that a token, access or refresh, came of. A token that is not good any more needs no end: no error.
 * A refresh token does not itself tell which sign-in it came of: that of an application was noted, that of the back office is used once more.
 */
export async function revokeToken(deps: RevocationDependencies, token: string): Promise<void> {
  const { identity, revocations, refreshTokens: noted } = deps;
  const end = (signInId: string, lastAt: number) => revocations.revoke(signInId, lastAt + LONGEST_SIGN_IN_S);
  const held = await identity.verify(token);
  if (held !== undefined) return end(held.signIn, held.expiresAt);
  const known = await noted.signInOf(token);
  if (known !== undefined) return end(known.signIn, known.expiresAt);
  const tokens = await identity.refresh(token);
  const claims = tokens && (await identity.verify(tokens.accessToken));
  if (claims !== undefined) await end(claims.signIn, claims.expiresAt);
  await identity.revokeRefreshToken(token);
}

/** Who holds a token. @throws Failure where the token is not good */
export async function describeHolder(
  deps: HolderDependencies & Pick<SignInDependencies, 'users' | 'memberships'> & { readonly roles: Roles },
  accessToken: string,
): Promise<{ readonly user: User; readonly role: Role | undefined }> {
  const holder = await holderOf(deps, accessToken);
  if (holder === undefined) throw new Failure({ code: 'unauthenticated' });
  return { user: await deps.users.obtain(holder.username), role: await roleHeldBy(deps, holder) };
}

function invalidGrant(detail: string): Failure {
  return new Failure({ code: 'invalid-grant', detail });
}
