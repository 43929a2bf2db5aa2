/** What a sign-in gives. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds for which the access token is good. */
  readonly expiresIn: number;
}

/** What a verified access token says. */
export interface AccessClaims {
  readonly username: string;
  readonly groups: readonly string[];
  /** Common to every token that came of one sign-in. */
  readonly signIn: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}
