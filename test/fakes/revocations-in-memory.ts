import type { RefreshTokens, Revocations } from '../../lib/ports.ts';

export function revocationsInMemory(): Revocations & { until(signIn: string): number | undefined } {
  const revoked = new Map<string, number>();
  return {
    revoke: async (signIn, until) => void revoked.set(signIn, until),
    isRevoked: async (signIn) => revoked.has(signIn),
    until: (signIn) => revoked.get(signIn),
  };
}

export function refreshTokensInMemory(): RefreshTokens {
  const noted = new Map<string, { readonly signIn: string; readonly expiresAt: number }>();
  return {
    remember: async (refreshToken, signIn, expiresAt) => void noted.set(refreshToken, { signIn, expiresAt }),
    signInOf: async (refreshToken) => noted.get(refreshToken),
  };
}
