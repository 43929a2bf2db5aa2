import type { AccessClaims, Tokens } from '../../lib/core/tokens.ts';
import type { Identity } from '../../lib/ports.ts';

interface SignedIn {
  readonly username: string;
  readonly signIn: string;
}

export interface IdentityInMemory extends Identity {
  /** Whoever was invited has a first password that is good once. */
  invite(username: string, password: string): void;
  /** An access token ages. */
  expire(accessToken: string): void;
}

const WEAK = /^.{0,9}$/u;

/**
 * A user pool in maps. Tokens are opaque; each sign-in has its own id, which every token of it carries; a refresh takes the refresh token and gives a new one.
 * @param expiresAt seconds since 1970 at which every access token expires
 */
export function identityInMemory(expiresAt = 2_000_000_000): IdentityInMemory {
  const passwords = new Map<string, { readonly password: string; readonly first: boolean }>();
  const groups = new Map<string, Set<string>>();
  const access = new Map<string, AccessClaims>();
  const refreshable = new Map<string, SignedIn>();
  let count = 0;

  const issue = ({ username, signIn }: SignedIn): Tokens => {
    count += 1;
    const tokens = { accessToken: `acces-${count}`, refreshToken: `renouvellement-${count}`, expiresIn: 36_000 };
    access.set(tokens.accessToken, { kind: 'user', issuedTo: undefined, username, groups: [...(groups.get(username) ?? [])], signIn, issuedAt: expiresAt - 36_000, expiresAt });
    refreshable.set(tokens.refreshToken, { username, signIn });
    return tokens;
  };

  return {
    async register(username, password) {
      if (/\s/u.test(username)) return 'username-invalid';
      if (passwords.has(username)) return 'username-taken';
      if (WEAK.test(password)) return 'password-weak';
      passwords.set(username, { password, first: false });
      return undefined;
    },
    async goOnRegistering(username, password) {
      const known = passwords.get(username);
      return known?.password === password && !known.first ? issue({ username, signIn: `connexion-${count + 1}` }) : undefined;
    },
    addToGroup: async (username, group) => void groups.set(username, (groups.get(username) ?? new Set()).add(group)),
    async signIn(username, password, newPassword) {
      const known = passwords.get(username);
      if (known?.password !== password) return undefined;
      if (known.first && newPassword === undefined) return 'new-password-needed';
      if (known.first && newPassword !== undefined) {
        if (WEAK.test(newPassword)) return 'new-password-weak';
        passwords.set(username, { password: newPassword, first: false });
      }
      return issue({ username, signIn: `connexion-${count + 1}` });
    },
    async refresh(refreshToken) {
      const held = refreshable.get(refreshToken);
      if (held === undefined) return undefined;
      refreshable.delete(refreshToken);
      return issue(held);
    },
    revokeRefreshToken: async (refreshToken) => void refreshable.delete(refreshToken),
    verify: async (accessToken) => access.get(accessToken),
    invite: (username, password) => void passwords.set(username, { password, first: true }),
    expire: (accessToken) => void access.delete(accessToken),
  };
}
