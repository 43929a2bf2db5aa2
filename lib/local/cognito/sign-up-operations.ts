import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { CognitoError, notAuthorized } from './cognito-error.ts';
import { changeUser, clientOf, poolOf, userKey } from './directory.ts';
import { ClientId, type Operation, operation, Password, PoolId, Username, WITHOUT_EFFECT } from './operation.ts';
import { checkPassword, hashPassword } from './password.ts';
import { type HashedPassword, NO_ATTEMPTS, type PoolUser, UserAttribute } from './pool-user.ts';
import { checkSecretHash } from './secret-hash.ts';
import { checkAttributes, withAttributes } from './user-attributes.ts';

const { ClientMetadata, AnalyticsMetadata, UserContextData, ValidationData } = WITHOUT_EFFECT;

const SignUp = z.strictObject({
  ClientId,
  SecretHash: z.string().optional(),
  Username,
  Password,
  UserAttributes: z.array(UserAttribute).optional(),
  ClientMetadata,
  AnalyticsMetadata,
  UserContextData,
  ValidationData,
});

/** No code is sent: users are confirmed by AdminConfirmSignUp. */
const signUp = operation('SignUp', SignUp, async (directory, input) => {
  const client = clientOf(directory, input.ClientId);
  const pool = poolOf(directory, client.poolId);
  checkSecretHash(client, [input.Username], input.SecretHash);
  if (!pool.selfSignUp) throw notAuthorized('SignUp is not permitted for this user pool');
  checkAttributes(pool, input.UserAttributes ?? []);
  checkPassword(input.Password, pool.passwordPolicy);
  const password = await hashPassword(input.Password);
  const key = userKey(pool, input.Username);
  if (directory.users.get(pool.id, key) !== undefined) throw new CognitoError('UsernameExistsException', 'User already exists');
  const user = newUser({ username: input.Username, attributes: input.UserAttributes ?? [], status: 'UNCONFIRMED', password, at: directory.now().getTime() });
  directory.users.put(pool.id, key, user);
  return { UserConfirmed: false, UserSub: user.sub };
});

const confirm = operation('AdminConfirmSignUp', z.strictObject({ UserPoolId: PoolId, Username, ClientMetadata }), (directory, input) => {
  changeUser(directory, poolOf(directory, input.UserPoolId), input.Username, ({ status }) => {
    if (status !== 'UNCONFIRMED') throw notAuthorized(`User cannot be confirmed. Current status is ${status}`);
    return { status: 'CONFIRMED' };
  });
  return {};
});

interface NewUser {
  readonly username: string;
  readonly attributes: readonly UserAttribute[];
  readonly status: PoolUser['status'];
  readonly password: HashedPassword | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export function newUser({ username, attributes, status, password, at }: NewUser): PoolUser {
  return {
    username,
    sub: randomUUID(),
    attributes: withAttributes([], attributes),
    enabled: true,
    status,
    ...(password === undefined ? {} : { password }),
    groups: [],
    attempts: NO_ATTEMPTS,
    signedOutAt: 0,
    created: at,
    modified: at,
  };
}

export const SIGN_UP_OPERATIONS: readonly Operation[] = [signUp, confirm];
