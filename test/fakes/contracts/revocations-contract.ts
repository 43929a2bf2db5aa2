import { expect, it } from 'vitest';
import type { RefreshTokens, Revocations } from '../../../lib/ports.ts';

/** What every list of revocations does. @param make gives an empty one */
export function revocationsContract(make: () => Promise<Revocations>): void {
  it('tells a sign-in that was revoked from all others', async () => {
    const revocations = await make();
    expect(await revocations.isRevoked('a')).toBe(false);
    await revocations.revoke('a', 2_000_000_000);
    expect([await revocations.isRevoked('a'), await revocations.isRevoked('b'), await revocations.isRevoked('A')]).toEqual([true, false, false]);
  });

  it('takes a sign-in twice', async () => {
    const revocations = await make();
    await revocations.revoke('a', 1);
    await revocations.revoke('a', 2_000_000_000);
    expect(await revocations.isRevoked('a')).toBe(true);
  });
}

/** What every store of refresh tokens does. @param make gives an empty one */
export function refreshTokensContract(make: () => Promise<RefreshTokens>): void {
  it('tells which sign-in a token came of, however long it is', async () => {
    const tokens = await make();
    await tokens.remember('x'.repeat(3_000), 'a', 2_000_000_000);
    expect(await tokens.signInOf('x'.repeat(3_000))).toEqual({ signIn: 'a', expiresAt: 2_000_000_000 });
    expect(await tokens.signInOf('x'.repeat(2_999))).toBeUndefined();
    expect(await tokens.signInOf('')).toBeUndefined();
  });
}
