import { type AppClient, hidesUsers } from './app-client.ts';
import { CognitoError, notAuthorized, userNotFound } from './cognito-error.ts';
import { type Directory, findUser, poolOf, userKey } from './directory.ts';
import { afterAttemptWhileLocked, afterFailure, refuseWhileLocked } from './lockout.ts';
import { isPassword } from './password.ts';
import type { Pool } from './pool.ts';
import { type Attempts, NO_ATTEMPTS, type PoolUser } from './pool-user.ts';

const WRONG = 'Incorrect username or password.';

/**
 * The user whose name and password these are; confirmed, or with a password that is to be changed.
 * @throws CognitoError NotAuthorizedException, UserNotFoundException, UserNotConfirmedException
 */
export async function passwordUser(directory: Directory, client: AppClient, username: string, password: string): Promise<PoolUser> {
  const pool = poolOf(directory, client.poolId);
  const user = findUser(directory, pool, username);
  if (user === undefined) throw hidesUsers(client) ? notAuthorized(WRONG) : userNotFound();
  if (!user.enabled) throw notAuthorized('User is disabled.');
  refuseIfLocked(directory, pool, user);
  const right = user.password !== undefined && (await isPassword(password, user.password));
  // Many guesses may have been hashed at once: what counts is how the account stands now.
  const current = findUser(directory, pool, username) ?? user;
  refuseIfLocked(directory, pool, current);
  const now = directory.now().getTime();
  if (!right) {
    keepAttempts(directory, pool, current, afterFailure(current.attempts, now));
    throw notAuthorized(WRONG);
  }
  if (current.attempts.failures > 0) keepAttempts(directory, pool, current, NO_ATTEMPTS);
  if (current.status === 'UNCONFIRMED') throw new CognitoError('UserNotConfirmedException', 'User is not confirmed.');
  return current;
}

function refuseIfLocked(directory: Directory, pool: Pool, user: PoolUser): void {
  const now = directory.now().getTime();
  try {
    refuseWhileLocked(user.attempts, now);
  } catch (error) {
    keepAttempts(directory, pool, user, afterAttemptWhileLocked(user.attempts, now));
    throw error;
  }
}

function keepAttempts(directory: Directory, pool: Pool, user: PoolUser, attempts: Attempts): void {
  directory.users.put(pool.id, userKey(pool, user.username), { ...user, attempts });
}
