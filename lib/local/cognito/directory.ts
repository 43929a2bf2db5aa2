import { AppClient } from './app-client.ts';
import { resourceNotFound, userNotFound } from './cognito-error.ts';
import type { Collection, DocumentStore } from './documents.ts';
import { Group } from './group.ts';
import { Pool } from './pool.ts';
import { PoolUser } from './pool-user.ts';
import { RefreshToken, Session } from './session.ts';

/** All that is kept, and the clock: what the operations work with. */
export interface Directory {
  readonly region: string;
  readonly now: () => Date;
  readonly pools: Collection<Pool>;
  readonly clients: Collection<AppClient>;
  /** By the key that `userKey` gives. */
  readonly users: Collection<PoolUser>;
  readonly groups: Collection<Group>;
  /** Owned by the key of their user. */
  readonly sessions: Collection<Session>;
  /** By the SHA-256 of the token; owned by their session. */
  readonly refreshTokens: Collection<RefreshToken>;
}

export function openDirectory(documents: DocumentStore, region: string, now: () => Date): Directory {
  return {
    region,
    now,
    pools: documents.collection('pool', Pool),
    clients: documents.collection('client', AppClient),
    users: documents.collection('user', PoolUser),
    groups: documents.collection('group', Group),
    sessions: documents.collection('session', Session, (session) => session.userKey),
    refreshTokens: documents.collection('refresh-token', RefreshToken, (token) => token.sessionId),
  };
}

/** The `iss` of the pool's tokens. */
export function issuerOf({ region }: Pick<Directory, 'region'>, poolId: string): string {
  return `https://cognito-idp.${region}.amazonaws.com/${poolId}`;
}

/** @throws CognitoError ResourceNotFoundException */
export function poolOf({ pools }: Directory, poolId: string): Pool {
  const pool = pools.get(poolId, poolId);
  if (pool === undefined) throw resourceNotFound(`User pool ${poolId} does not exist.`);
  return pool;
}

/** A client by its id alone, as the calls of users name it. @throws CognitoError ResourceNotFoundException */
export function clientOf({ clients }: Directory, clientId: string): AppClient {
  const client = clients.find(clientId);
  if (client === undefined) throw resourceNotFound(`User pool client ${clientId} does not exist.`);
  return client;
}

/** A client of a pool. @throws CognitoError ResourceNotFoundException */
export function clientInPool(directory: Directory, poolId: string, clientId: string): AppClient {
  const client = directory.clients.get(poolOf(directory, poolId).id, clientId);
  if (client === undefined) throw resourceNotFound(`User pool client ${clientId} does not exist.`);
  return client;
}

/** Under what a user is kept. */
export function userKey({ caseSensitive }: Pool, username: string): string {
  return caseSensitive ? username : username.toLowerCase();
}

/** A user by name, or by `sub` as Cognito also takes it. */
export function findUser({ users }: Directory, pool: Pool, name: string): PoolUser | undefined {
  return users.get(pool.id, userKey(pool, name)) ?? (SUB.test(name) ? users.all(pool.id).find(([, user]) => user.sub === name)?.[1] : undefined);
}

const SUB = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws CognitoError UserNotFoundException */
export function userOf(directory: Directory, pool: Pool, name: string): PoolUser {
  const user = findUser(directory, pool, name);
  if (user === undefined) throw userNotFound();
  return user;
}

/** Changes a user as they are now, and the time of their last change. */
export function changeUser(directory: Directory, pool: Pool, name: string, change: (user: PoolUser) => Partial<PoolUser>): PoolUser {
  const user = userOf(directory, pool, name);
  const changed = { ...user, modified: directory.now().getTime(), ...change(user) };
  directory.users.put(pool.id, userKey(pool, user.username), changed);
  return changed;
}
