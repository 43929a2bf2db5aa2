import * as z from 'zod';
import { CognitoError } from './cognito-error.ts';
import { changeUser, clientOf } from './directory.ts';
import { ClientId, type Operation, operation } from './operation.ts';
import { isSecretOf } from './secret-hash.ts';
import { revoke, revokeAll } from './sessions.ts';
import { bearerOf } from './tokens.ts';
import { describedAttributes } from './user-shapes.ts';

const AccessToken = z.string().min(1);

const getUser = operation('GetUser', z.strictObject({ AccessToken }), async (directory, input) => {
  const { user } = await bearerOf(directory, input.AccessToken);
  return { Username: user.username, UserAttributes: describedAttributes(user) };
});

const globalSignOut = operation('GlobalSignOut', z.strictObject({ AccessToken }), async (directory, input) => {
  const { pool, user } = await bearerOf(directory, input.AccessToken);
  revokeAll(directory, pool, user);
  changeUser(directory, pool, user.username, () => ({ signedOutAt: directory.now().getTime() }));
  return {};
});

const revokeToken = operation('RevokeToken', z.strictObject({ Token: z.string().min(1), ClientId, ClientSecret: z.string().optional() }), (directory, input) => {
  const client = clientOf(directory, input.ClientId);
  if (!isSecretOf(client, input.ClientSecret)) throw new CognitoError('UnauthorizedException', `Unable to verify the secret of client ${client.id}`);
  revoke(directory, client, input.Token);
  return {};
});

export const TOKEN_OPERATIONS: readonly Operation[] = [getUser, globalSignOut, revokeToken];
