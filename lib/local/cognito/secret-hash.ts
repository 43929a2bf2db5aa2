import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AppClient } from './app-client.ts';
import { notAuthorized } from './cognito-error.ts';

/**
 * Checks `SECRET_HASH`, the base64 of HMAC-SHA256(secret, name + client id), of a client that has a secret.
 * @param names each of which may have gone into it
 * @throws CognitoError NotAuthorizedException
 */
export function checkSecretHash({ id, secret }: AppClient, names: readonly string[], hash: string | undefined): void {
  if (secret === undefined) {
    if (hash !== undefined) throw notAuthorized(`Unable to verify secret hash for client ${id}`);
    return;
  }
  if (hash === undefined) throw notAuthorized(`Client ${id} is configured with secret but SECRET_HASH was not received`);
  const right = names.some((name) =>
    isEqual(
      createHmac('sha256', secret)
        .update(name + id)
        .digest('base64'),
      hash,
    ),
  );
  if (!right) throw notAuthorized(`Unable to verify secret hash for client ${id}`);
}

/** Whether a client said its secret, or has none and said none. */
export function isSecretOf({ secret }: AppClient, said: string | undefined): boolean {
  return secret === undefined || said === undefined ? secret === said : isEqual(secret, said);
}

function isEqual(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
