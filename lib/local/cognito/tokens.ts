import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, errors, exportJWK, generateKeyPair, importJWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import { type AppClient, lifetimes, revokes } from './app-client.ts';
import { notAuthorized, userNotFound } from './cognito-error.ts';
import { type Directory, issuerOf, userKey } from './directory.ts';
import { type Pool, SigningKey } from './pool.ts';
import { attributeOf, type PoolUser } from './pool-user.ts';
import type { Session } from './session.ts';

const SELF_SERVICE_SCOPE = 'aws.cognito.signin.user.admin';

/** Attributes that an id token says as what they are rather than as text. */
const BOOLEANS = new Set(['email_verified', 'phone_number_verified']);

/** Two RSA keys of 2,048 bits, as a new pool has. */
export async function newSigningKeys(): Promise<Pool['keys']> {
  const [access, id] = await Promise.all([newSigningKey(), newSigningKey()]);
  return { access, id };
}

/** The public halves, as `/.well-known/jwks.json` shows them. */
export function publicKeys({ keys }: Pool): { readonly keys: readonly Record<string, string>[] } {
  return { keys: [keys.id, keys.access].map(({ kid, n, e }) => ({ alg: 'RS256', e, kid, kty: 'RSA', n, use: 'sig' })) };
}

/** What the tokens of one user say. */
export interface Bearer {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly user: PoolUser;
  readonly session: Session;
}

/** @param groups the user's, the most important first */
export function accessToken(directory: Directory, { pool, client, user, session }: Bearer, groups: readonly string[]): Promise<string> {
  return signed(directory, pool, pool.keys.access, lifetimes(client.configuration).access, {
    sub: user.sub,
    ...(groups.length === 0 ? {} : { 'cognito:groups': groups }),
    client_id: client.id,
    ...originOf(client, session),
    event_id: session.eventId,
    token_use: 'access',
    scope: SELF_SERVICE_SCOPE,
    auth_time: seconds(session.signedInAt),
    username: user.username,
  });
}

export function idToken(directory: Directory, { pool, client, user, session }: Bearer, groups: readonly string[]): Promise<string> {
  const attributes = user.attributes.map(({ Name, Value }) => [Name, BOOLEANS.has(Name) ? Value === 'true' : Value] as const);
  return signed(directory, pool, pool.keys.id, lifetimes(client.configuration).id, {
    ...Object.fromEntries(attributes),
    ...(attributeOf(user, 'email') !== undefined && attributeOf(user, 'email_verified') === undefined ? { email_verified: false } : {}),
    sub: user.sub,
    ...(groups.length === 0 ? {} : { 'cognito:groups': groups }),
    'cognito:username': user.username,
    aud: client.id,
    ...originOf(client, session),
    event_id: session.eventId,
    token_use: 'id',
    auth_time: seconds(session.signedInAt),
  });
}

/** The access token of a client that acts for itself. */
export function machineToken(directory: Directory, pool: Pool, client: AppClient, scopes: readonly string[]): Promise<string> {
  return signed(directory, pool, pool.keys.access, lifetimes(client.configuration).access, {
    sub: client.id,
    client_id: client.id,
    token_use: 'access',
    scope: scopes.join(' '),
    auth_time: seconds(directory.now().getTime()),
    version: 2,
  });
}

const AccessClaims = z.object({
  sub: z.string(),
  client_id: z.string(),
  token_use: z.literal('access'),
  scope: z.string().default(''),
  iat: z.number(),
  origin_jti: z.string().optional(),
  username: z.string().default(''),
});

/**
 * The user whom an access token speaks for: signature, expiry, scope and revocation are checked.
 * @throws CognitoError NotAuthorizedException, UserNotFoundException
 */
export async function bearerOf(directory: Directory, token: string): Promise<{ readonly pool: Pool; readonly user: PoolUser }> {
  const pool = poolOfToken(directory, token);
  if (pool === undefined) throw notAuthorized('Invalid Access Token');
  const claims = AccessClaims.safeParse(await verified(directory, pool, token));
  if (!claims.success) throw notAuthorized('Invalid Access Token');
  const { sub, scope, iat, username, origin_jti: sessionId } = claims.data;
  if (!scope.split(' ').includes(SELF_SERVICE_SCOPE)) throw notAuthorized('Access Token does not have required scopes');
  const user = directory.users.get(pool.id, userKey(pool, username));
  // Somebody else may have the name by now.
  if (user?.sub !== sub) throw userNotFound();
  const revoked = sessionId === undefined ? iat * 1_000 < user.signedOutAt : (directory.sessions.get(pool.id, sessionId)?.revoked ?? true);
  if (revoked) throw notAuthorized('Access Token has been revoked');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  return { pool, user };
}

/** Whether a text is a JWT of one of the pools here: such a token is no refresh token. */
export function isSignedToken(directory: Directory, token: string): boolean {
  return poolOfToken(directory, token) !== undefined;
}

function poolOfToken(directory: Directory, token: string): Pool | undefined {
  try {
    const { iss } = decodeJwt(token);
    const poolId = iss?.split('/').at(-1) ?? '';
    return iss === issuerOf(directory, poolId) ? directory.pools.get(poolId, poolId) : undefined;
  } catch {
    return undefined;
  }
}

async function verified(directory: Directory, pool: Pool, token: string): Promise<JWTPayload> {
  try {
    const keys = createLocalJWKSet({ keys: [...publicKeys(pool).keys].map((key) => ({ ...key, kty: 'RSA' })) });
    const { payload } = await jwtVerify(token, keys, { issuer: issuerOf(directory, pool.id), algorithms: ['RS256'], currentDate: directory.now() });
    return payload;
  } catch (error) {
    throw notAuthorized(error instanceof errors.JWTExpired ? 'Access Token has expired' : 'Invalid Access Token');
  }
}

async function signed(directory: Directory, pool: Pool, key: SigningKey, lifetime: number, claims: JWTPayload): Promise<string> {
  const now = seconds(directory.now().getTime());
  return new SignJWT({ ...claims, iss: issuerOf(directory, pool.id), exp: now + lifetime, iat: now, jti: randomUUID() })
    .setProtectedHeader({ kid: key.kid, alg: 'RS256' })
    .sign(await importJWK(key, 'RS256'));
}

/** Only tokens that can be revoked say which sign-in they came of. */
function originOf(client: AppClient, session: Session): { readonly origin_jti?: string } {
  return revokes(client) ? { origin_jti: session.id } : {};
}

async function newSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return SigningKey.parse({ ...(await exportJWK(privateKey)), kid: Buffer.from(randomUUID()).toString('base64') });
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1_000);
}
