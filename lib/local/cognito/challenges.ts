import { randomBytes } from 'node:crypto';
import type { AppClient } from './app-client.ts';
import { notAuthorized } from './cognito-error.ts';
import { type Directory, poolOf, userKey } from './directory.ts';
import type { PoolUser } from './pool-user.ts';

interface OpenChallenge {
  readonly clientId: string;
  readonly userKey: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Challenges that wait for an answer, in memory: they last minutes. */
const open = new WeakMap<Directory, Map<string, OpenChallenge>>();

/** The answer that asks a user with a temporary password for a new one. */
export function newPasswordChallenge(directory: Directory, client: AppClient, user: PoolUser): object {
  const session = randomBytes(96).toString('base64url');
  const minutes = client.configuration.AuthSessionValidity ?? 3;
  const key = userKey(poolOf(directory, client.poolId), user.username);
  challengesOf(directory).set(session, { clientId: client.id, userKey: key, expiresAt: directory.now().getTime() + minutes * 60_000 });
  const attributes = Object.fromEntries(user.attributes.map(({ Name, Value }) => [Name, Value]));
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: session,
    ChallengeParameters: { USER_ID_FOR_SRP: user.username, requiredAttributes: '[]', userAttributes: JSON.stringify(attributes) },
  };
}

/** Takes an open challenge: it can be answered once. @throws CognitoError NotAuthorizedException */
export function takeChallenge(directory: Directory, client: AppClient, session: string, username: string): void {
  const challenge = challengesOf(directory).get(session);
  const key = userKey(poolOf(directory, client.poolId), username);
  if (challenge === undefined || challenge.clientId !== client.id || challenge.userKey !== key) throw notAuthorized('Invalid session for the user.');
  challengesOf(directory).delete(session);
  if (directory.now().getTime() >= challenge.expiresAt) throw notAuthorized('Invalid session for the user, session is expired.');
}

function challengesOf(directory: Directory): Map<string, OpenChallenge> {
  const challenges = open.get(directory) ?? new Map<string, OpenChallenge>();
  open.set(directory, challenges);
  return challenges;
}
