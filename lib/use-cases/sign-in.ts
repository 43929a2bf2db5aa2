import type { Role } from '../core/role.ts';
import { DROP_OWNER } from '../core/tache.ts';
import type { AccessClaims, Tokens } from '../core/tokens.ts';
import type { User } from '../core/user.ts';
import type { Identity, Memberships, RegistrationRefusal, Revocations, Roles, Users } from '../ports.ts';
import { Failure, type FieldErrors } from './failure.ts';
import { roleHeldBy } from './manage-roles.ts';

export interface SignInDependencies {
  readonly identity: Identity;
  readonly users: Users;
  readonly memberships: Memberships;
}

export interface SessionDependencies {
  readonly identity: Identity;
  readonly revocations: Revocations;
}

const REGISTRATION_REFUSALS = {
  'username-taken': { username: ['Un utilisateur avec ce nom existe déjà.'] },
  'username-invalid': { username: ["Ce nom d'utilisateur n'est pas valide."] },
  'password-weak': { password: ['Mot de passe trop faible : au moins 10 caractères, avec des minuscules, un chiffre et un caractère spécial.'] },
} as const satisfies Record<RegistrationRefusal, FieldErrors>;

/**
 * Makes a user, with an empty profile, and signs them in.
 * @param group what a self-registered user is put in; `undefined` leaves that to an administrator
 * @throws Failure: name taken or invalid, password too weak
 */
export async function registerUser(deps: SignInDependencies, username: string, password: string, group: string | undefined): Promise<Tokens> {
  const refusal = username.toLowerCase() === DROP_OWNER ? 'username-invalid' : await deps.identity.register(username, password);
  if (refusal !== undefined) throw new Failure({ code: 'refused-fields', errors: REGISTRATION_REFUSALS[refusal] });
  if (group !== undefined) await deps.identity.addToGroup(username, group);
  return (await signIn(deps, username, password)).tokens;
}

/** @throws Failure where name and password do not fit: which of the two is wrong is not told */
export async function signIn(deps: SignInDependencies, username: string, password: string): Promise<{ readonly tokens: Tokens; readonly user: User }> {
  const tokens = await deps.identity.signIn(username, password);
  if (tokens === undefined) throw invalidGrant("Nom d'utilisateur ou mot de passe incorrect.");
  const claims = await deps.identity.verify(tokens.accessToken);
  if (claims !== undefined) await deps.memberships.remember(claims.username, claims.groups);
  return { tokens, user: await deps.users.obtain(claims?.username ?? username) };
}

/** @throws Failure where the refresh token, or the sign-in it came of, is no longer good */
export async function refreshTokens(deps: SessionDependencies & { readonly memberships: Memberships }, refreshToken: string): Promise<Tokens> {
  const tokens = await deps.identity.refresh(refreshToken);
  const claims = tokens && (await deps.identity.verify(tokens.accessToken));
  if (tokens === undefined || claims === undefined || (await deps.revocations.isRevoked(claims.signIn))) {
    throw invalidGrant("Ce jeton de rafraîchissement n'est plus valable : reconnectez-vous.");
  }
  await deps.memberships.remember(claims.username, claims.groups);
  return tokens;
}

/**
 * Ends the sign-in that a token, access or refresh, came of. A token that is not good any more needs no end: no error.
 * A refresh token is used once more, for it does not itself tell which sign-in it came of.
 */
export async function revokeToken(deps: SessionDependencies, token: string): Promise<void> {
  const held = await deps.identity.verify(token);
  if (held !== undefined) return endSignIn(deps, held);
  const tokens = await deps.identity.refresh(token);
  const claims = tokens && (await deps.identity.verify(tokens.accessToken));
  if (claims !== undefined) await endSignIn(deps, claims);
  await deps.identity.revokeRefreshToken(token);
}

/** The longest for which any token of a sign-in can be good: the life of a refresh token and an access token. */
const LONGEST_SIGN_IN_S = 31 * 86_400;

async function endSignIn({ revocations }: SessionDependencies, { signIn: id, expiresAt }: AccessClaims): Promise<void> {
  await revocations.revoke(id, expiresAt + LONGEST_SIGN_IN_S);
}

/** The claims of an access token that is good and not revoked. */
export async function holderOf(deps: SessionDependencies, accessToken: string): Promise<AccessClaims | undefined> {
  const claims = await deps.identity.verify(accessToken);
  return claims === undefined || (await deps.revocations.isRevoked(claims.signIn)) ? undefined : claims;
}

/** Who holds a token. @throws Failure where the token is not good */
export async function describeHolder(
  deps: SignInDependencies & SessionDependencies & { readonly roles: Roles },
  accessToken: string,
): Promise<{ readonly user: User; readonly role: Role | undefined }> {
  const claims = await holderOf(deps, accessToken);
  if (claims === undefined) throw new Failure({ code: 'unauthenticated' });
  return { user: await deps.users.obtain(claims.username), role: await roleHeldBy(deps, claims) };
}

function invalidGrant(detail: string): Failure {
  return new Failure({ code: 'invalid-grant', detail });
}
