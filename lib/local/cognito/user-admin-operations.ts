import * as z from 'zod';
import { CognitoError, invalidParameter } from './cognito-error.ts';
import { changeUser, findUser, poolOf, userKey, userOf } from './directory.ts';
import { type Operation, operation, Password, PoolId, timestamp, Username, WITHOUT_EFFECT } from './operation.ts';
import { checkPassword, generatedPassword, hashPassword } from './password.ts';
import { UserAttribute } from './pool-user.ts';
import { forgetSessions, revokeAll } from './sessions.ts';
import { newUser } from './sign-up-operations.ts';
import { checkAttributes, withAttributes } from './user-attributes.ts';
import { describedAttributes, describedUser } from './user-shapes.ts';

const { ClientMetadata, ValidationData } = WITHOUT_EFFECT;
const One = z.strictObject({ UserPoolId: PoolId, Username });

const CreateUser = z.strictObject({
  UserPoolId: PoolId,
  Username,
  UserAttributes: z.array(UserAttribute).default([]),
  TemporaryPassword: Password.optional(),
  MessageAction: z.enum(['SUPPRESS', 'RESEND']).optional(),
  DesiredDeliveryMediums: z.array(z.enum(['EMAIL', 'SMS'])).optional(),
  ForceAliasCreation: z.literal(false).optional(),
  ClientMetadata,
  ValidationData,
});

/** No invitation goes out, whatever MessageAction says: without a TemporaryPassword nobody knows the password. */
const create = operation('AdminCreateUser', CreateUser, async (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  checkAttributes(pool, input.UserAttributes);
  const temporary = input.TemporaryPassword || generatedPassword(pool.passwordPolicy);
  checkPassword(temporary, pool.passwordPolicy);
  const password = await hashPassword(temporary);
  const there = findUser(directory, pool, input.Username);
  if (input.MessageAction === 'RESEND') {
    if (there?.status !== 'FORCE_CHANGE_PASSWORD') throw new CognitoError('UnsupportedUserStateException', 'Resend not possible. User is not in a valid state for it');
    return { User: describedUser(changeUser(directory, pool, input.Username, () => ({ password }))) };
  }
  if (there !== undefined) throw new CognitoError('UsernameExistsException', 'User account already exists');
  const user = newUser({ username: input.Username, attributes: input.UserAttributes, status: 'FORCE_CHANGE_PASSWORD', password, at: directory.now().getTime() });
  directory.users.put(pool.id, userKey(pool, user.username), user);
  return { User: describedUser(user) };
});

const SetPassword = z.strictObject({ UserPoolId: PoolId, Username, Password, Permanent: z.boolean().default(false) });

const setPassword = operation('AdminSetUserPassword', SetPassword, async (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  userOf(directory, pool, input.Username);
  checkPassword(input.Password, pool.passwordPolicy);
  const password = await hashPassword(input.Password);
  changeUser(directory, pool, input.Username, () => ({ password, status: input.Permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD' }));
  return {};
});

const get = operation('AdminGetUser', One, (directory, input) => {
  const user = userOf(directory, poolOf(directory, input.UserPoolId), input.Username);
  return {
    Username: user.username,
    UserAttributes: describedAttributes(user),
    UserCreateDate: timestamp(user.created),
    UserLastModifiedDate: timestamp(user.modified),
    Enabled: user.enabled,
    UserStatus: user.status,
  };
});

const disable = operation('AdminDisableUser', One, (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  revokeAll(
    directory,
    pool,
    changeUser(directory, pool, input.Username, () => ({ enabled: false, signedOutAt: directory.now().getTime() })),
  );
  return {};
});

const enable = operation('AdminEnableUser', One, (directory, input) => {
  changeUser(directory, poolOf(directory, input.UserPoolId), input.Username, () => ({ enabled: true }));
  return {};
});

const signOut = operation('AdminUserGlobalSignOut', One, (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  revokeAll(
    directory,
    pool,
    changeUser(directory, pool, input.Username, () => ({ signedOutAt: directory.now().getTime() })),
  );
  return {};
});

const remove = operation('AdminDeleteUser', One, (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  const key = userKey(pool, userOf(directory, pool, input.Username).username);
  forgetSessions(directory, pool, directory.sessions.ownedBy(pool.id, key));
  directory.users.remove(pool.id, key);
  return {};
});

const Update = z.strictObject({ UserPoolId: PoolId, Username, UserAttributes: z.array(UserAttribute), ClientMetadata });

const update = operation('AdminUpdateUserAttributes', Update, (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  if (input.UserAttributes.length === 0) throw invalidParameter('User attributes are required.');
  checkAttributes(pool, input.UserAttributes);
  changeUser(directory, pool, input.Username, ({ attributes }) => ({ attributes: withAttributes(attributes, input.UserAttributes) }));
  return {};
});

export const USER_ADMIN_OPERATIONS: readonly Operation[] = [create, setPassword, get, disable, enable, signOut, remove, update];
