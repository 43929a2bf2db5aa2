import type { Caller } from './user.ts';

/** What a sign-in gives. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds for which the access token is good. */
  readonly expiresIn: number;
}

/** What an application gets that signs in for itself: nothing to renew it with, it signs in again. */
export interface MachineToken {
  readonly accessToken: string;
  readonly expiresIn: number;
}

/** What a token is good for: `read` for GET, `write` for everything else. */
export const SCOPES = ['read', 'write'] as const;
export type Scope = (typeof SCOPES)[number];

interface SignedClaims {
  /** The registered application that asked for the token; `undefined` for the back office that comes with the stack. */
  readonly issuedTo: string | undefined;
  /** Common to every token that came of one sign-in. */
  readonly signIn: string;
  /** Seconds since 1970, as is the next. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** An access token of somebody. */
export interface UserClaims extends SignedClaims {
  readonly kind: 'user';
  readonly username: string;
  readonly groups: readonly string[];
}

/** An access token of an application that signed in for itself. */
interface MachineClaims extends SignedClaims {
  readonly kind: 'machine';
  readonly scopes: readonly Scope[];
}

/** What a verified access token says. */
export type AccessClaims = UserClaims | MachineClaims;

/** Who holds a token that is good, and what for. */
export interface Holder extends Caller {
  readonly scopes: readonly Scope[];
}

/** Whether a token is good for a method of HTTP. */
export function mayCall({ scopes }: Pick<Holder, 'scopes'>, method: string): boolean {
  return scopes.includes(method === 'GET' || method === 'HEAD' ? 'read' : 'write');
}
