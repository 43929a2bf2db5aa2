import {
  type AuthenticationResultType,
  InvalidParameterException,
  NotAuthorizedException,
  RefreshTokenReuseException,
  UserNotConfirmedException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Tokens } from '../../core/tokens.ts';

/** Without rotation a refresh gives no new refresh token: the old one stays good. */
export function tokensOf({ AccessToken, RefreshToken, ExpiresIn }: AuthenticationResultType, formerRefreshToken?: string): Tokens | undefined {
  const refreshToken = RefreshToken ?? formerRefreshToken;
  return AccessToken === undefined || refreshToken === undefined || ExpiresIn === undefined ? undefined : { accessToken: AccessToken, refreshToken, expiresIn: ExpiresIn };
}

export async function refusedAsUndefined<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** The pool says no to the caller; everything else is a fault of ours or of the service. */
export function isRefusal(error: unknown): boolean {
  return REFUSALS.some((refusal) => error instanceof refusal);
}

const REFUSALS = [NotAuthorizedException, UserNotFoundException, UserNotConfirmedException, InvalidParameterException, RefreshTokenReuseException];
