import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type AppClient, lifetimes, revokes, rotates } from './app-client.ts';
import { CognitoError, invalidParameter, notAuthorized } from './cognito-error.ts';
import { type Directory, poolOf, userKey } from './directory.ts';
import type { Pool } from './pool.ts';
import type { PoolUser } from './pool-user.ts';
import type { Session } from './session.ts';
import { accessToken, type Bearer, idToken, isSignedToken } from './tokens.ts';

/** `AuthenticationResult`. */
export interface IssuedTokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly ExpiresIn: number;
  readonly TokenType: 'Bearer';
  readonly RefreshToken?: string;
}

/** The tokens of a new sign-in. */
export async function signIn(directory: Directory, client: AppClient, user: PoolUser): Promise<IssuedTokens> {
  const pool = poolOf(directory, client.poolId);
  const now = directory.now().getTime();
  const session: Session = {
    id: randomUUID(),
    clientId: client.id,
    userKey: userKey(pool, user.username),
    eventId: randomUUID(),
    signedInAt: now,
    expiresAt: now + lifetimes(client.configuration).refresh * 1_000,
    revoked: false,
  };
  directory.sessions.put(pool.id, session.id, session);
  const refreshToken = newRefreshToken(directory, pool, session);
  return { ...(await tokensOf(directory, { pool, client, user, session })), RefreshToken: refreshToken };
}

/**
 * New tokens for a refresh token. Where the client rotates, a new refresh token is among them and the old one is over after the grace period;
 * the new one ends when the first one would have.
 * @throws CognitoError NotAuthorizedException, RefreshTokenReuseException
 */
export async function refresh(directory: Directory, client: AppClient, token: string): Promise<IssuedTokens & { readonly user: PoolUser }> {
  const bearer = refreshable(directory, client, token);
  const tokens = await tokensOf(directory, bearer);
  if (!rotates(client)) return { ...tokens, user: bearer.user };
  // Looked at again: of two requests at once only one may rotate.
  refreshable(directory, client, token);
  const key = fingerprint(token);
  const kept = directory.refreshTokens.get(client.poolId, key);
  if (kept !== undefined && kept.supersededAt === undefined) directory.refreshTokens.put(client.poolId, key, { ...kept, supersededAt: directory.now().getTime() });
  return { ...tokens, RefreshToken: newRefreshToken(directory, bearer.pool, bearer.session), user: bearer.user };
}

/** Who a refresh token speaks for. @throws CognitoError NotAuthorizedException, RefreshTokenReuseException */
export function refreshable(directory: Directory, client: AppClient, token: string): Bearer {
  const kept = directory.refreshTokens.get(client.poolId, fingerprint(token));
  const session = kept && directory.sessions.get(client.poolId, kept.sessionId);
  if (kept === undefined || session === undefined || session.clientId !== client.id) throw notAuthorized('Invalid Refresh Token');
  const now = directory.now().getTime();
  if (session.revoked) throw notAuthorized('Refresh Token has been revoked');
  if (now >= session.expiresAt) throw notAuthorized('Refresh Token has expired');
  const graceMs = (client.configuration.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0) * 1_000;
  if (kept.supersededAt !== undefined && now >= kept.supersededAt + graceMs) {
    throw new CognitoError('RefreshTokenReuseException', 'The refresh token has been invalidated by refresh token rotation.');
  }
  const pool = poolOf(directory, client.poolId);
  const user = directory.users.get(pool.id, session.userKey);
  if (user === undefined) throw notAuthorized('Invalid Refresh Token');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  return { pool, client, user, session };
}

/**
 * Revokes a refresh token, and every access token of its sign-in. Once more does no harm.
 * @throws CognitoError UnsupportedOperationException, UnsupportedTokenTypeException, InvalidParameterException, UnauthorizedException
 */
export function revoke(directory: Directory, client: AppClient, token: string): void {
  if (!revokes(client)) throw new CognitoError('UnsupportedOperationException', `Token revocation is not enabled for client ${client.id}`);
  if (isSignedToken(directory, token)) throw new CognitoError('UnsupportedTokenTypeException', 'The token type is not supported.');
  const kept = directory.refreshTokens.get(client.poolId, fingerprint(token));
  const session = kept && directory.sessions.get(client.poolId, kept.sessionId);
  if (session === undefined) throw invalidParameter('Invalid refresh token.');
  if (session.clientId !== client.id) throw new CognitoError('UnauthorizedException', 'The refresh token was not issued to this client.');
  directory.sessions.put(client.poolId, session.id, { ...session, revoked: true });
}

/** Revokes all that a user ever got. */
export function revokeAll(directory: Directory, pool: Pool, user: PoolUser): void {
  for (const [id, session] of directory.sessions.ownedBy(pool.id, userKey(pool, user.username))) {
    if (!session.revoked) directory.sessions.put(pool.id, id, { ...session, revoked: true });
  }
}

/** Forgets a user's sign-ins, or those that are over: their tokens are refused anyway. */
export function forgetSessions(directory: Directory, pool: Pool, sessions: readonly (readonly [string, Session])[]): void {
  for (const [id] of sessions) {
    for (const [token] of directory.refreshTokens.ownedBy(pool.id, id)) directory.refreshTokens.remove(pool.id, token);
    directory.sessions.remove(pool.id, id);
  }
}

async function tokensOf(directory: Directory, bearer: Bearer): Promise<IssuedTokens> {
  const groups = groupsByPrecedence(directory, bearer.pool, bearer.user);
  const [access, id] = await Promise.all([accessToken(directory, bearer, groups), idToken(directory, bearer, groups)]);
  return { AccessToken: access, IdToken: id, ExpiresIn: lifetimes(bearer.client.configuration).access, TokenType: 'Bearer' };
}

/** Groups without a precedence come last. */
function groupsByPrecedence(directory: Directory, pool: Pool, user: PoolUser): readonly string[] {
  const precedence = (name: string) => directory.groups.get(pool.id, name)?.precedence ?? Number.MAX_SAFE_INTEGER;
  return user.groups.toSorted((one, other) => precedence(one) - precedence(other) || (one < other ? -1 : 1));
}

/** As long and of the same outer form as Cognito's, an encrypted JWT of five parts: what stores or tells tokens apart meets the real thing. */
function newRefreshToken(directory: Directory, pool: Pool, session: Session): string {
  const header = Buffer.from(JSON.stringify({ cty: 'JWT', enc: 'A256GCM', alg: 'RSA-OAEP' })).toString('base64url');
  const token = [header, ...[256, 12, 780, 16].map((bytes) => randomBytes(bytes).toString('base64url'))].join('.');
  directory.refreshTokens.put(pool.id, fingerprint(token), { sessionId: session.id });
  return token;
}

function fingerprint(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
