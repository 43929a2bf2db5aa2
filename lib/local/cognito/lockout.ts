import { notAuthorized } from './cognito-error.ts';
import { type Attempts, NO_ATTEMPTS } from './pool-user.ts';

const FREE_FAILURES = 5;
const LONGEST_LOCK_MS = 15 * 60_000;
const FORGIVEN_AFTER_MS = 15 * 60_000;

/**
 * Refuses while a lock lasts.
 * @throws CognitoError NotAuthorizedException "Password attempts exceeded"
 */
export function refuseWhileLocked({ lockedUntil }: Attempts, now: number): void {
  if (now < lockedUntil) throw notAuthorized('Password attempts exceeded');
}

/** After the nth failure, n ≥ 5: a lock of 2^(n−5) seconds, up to about 15 minutes. 15 minutes without an attempt begin anew. */
export function afterFailure(attempts: Attempts, now: number): Attempts {
  const failures = current(attempts, now).failures + 1;
  const lockMs = failures < FREE_FAILURES ? 0 : Math.min(LONGEST_LOCK_MS, 1_000 * 2 ** (failures - FREE_FAILURES));
  return { failures, lastAt: now, lockedUntil: now + lockMs };
}

/** An attempt during a lock does not lengthen it, but the 15 quiet minutes begin anew. */
export function afterAttemptWhileLocked(attempts: Attempts, now: number): Attempts {
  return { ...attempts, lastAt: now };
}

function current(attempts: Attempts, now: number): Attempts {
  return now - attempts.lastAt >= FORGIVEN_AFTER_MS ? NO_ATTEMPTS : attempts;
}
