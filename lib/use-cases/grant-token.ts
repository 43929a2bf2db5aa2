import { timingSafeEqual } from 'node:crypto';
import { type Application, mayAskFor, type TokenGrant } from '../core/application.ts';
import { SCOPES, type Scope, type Tokens, type UserClaims } from '../core/tokens.ts';
import type { Applications, ApplicationTokens, ClientCredentials, Identity, Memberships, RefreshTokens, Revocations, Users } from '../ports.ts';
import { Failure } from './failure.ts';
import { secretDigest } from './register-application.ts';
import { LONGEST_SIGN_IN_S, refreshTokens, signIn } from './sign-in.ts';

export interface GrantDependencies {
  readonly applications: Pick<Applications, 'byClientId'>;
  readonly tokens: ApplicationTokens;
  readonly identity: Pick<Identity, 'verify'>;
  readonly users: Users;
  readonly memberships: Memberships;
  readonly revocations: Pick<Revocations, 'isRevoked'>;
  readonly refreshTokens: Pick<RefreshTokens, 'remember'>;
}

/** What an application asks a token for. */
export type TokenWish =
  /** `undefined`: all that there is. */
  | { readonly grant: 'client_credentials'; readonly scopes: readonly Scope[] | undefined }
  | { readonly grant: 'password'; readonly username: string; readonly password: string }
  | { readonly grant: 'refresh_token'; readonly refreshToken: string };

export interface GrantedToken {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly scopes: readonly Scope[];
  /** An application that signed in for itself gets none. */
  readonly refreshToken: string | undefined;
}

/**
 * Gives an application a token, for itself or for a user.
 * @param client `undefined` where the request does not say which application it comes from
 * @throws Failure in the terms of RFC 6749, section 5.2
 */
export async function grantToken(deps: GrantDependencies, client: ClientCredentials | undefined, wish: TokenWish): Promise<GrantedToken> {
  const proven = await authenticated(deps.applications, client);
  if (!mayAskFor(proven.application, wish.grant)) throw unauthorized(proven.application, wish.grant);
  switch (wish.grant) {
    case 'client_credentials':
      return machineGrant(deps, proven.client, wish.scopes ?? SCOPES);
    case 'password': {
      const identity = { verify: deps.identity.verify, signIn: (username: string, password: string) => deps.tokens.signIn(proven.client, username, password) };
      return userGrant(deps, await signIn({ ...deps, identity }, wish.username, wish.password));
    }
    case 'refresh_token': {
      const identity = { verify: deps.identity.verify, refresh: (token: string) => deps.tokens.refresh(proven.client, token) };
      return userGrant(deps, await refreshTokens({ ...deps, identity }, wish.refreshToken));
    }
    default:
      return wish satisfies never;
  }
}

async function machineGrant({ tokens }: GrantDependencies, client: ClientCredentials, scopes: readonly Scope[]): Promise<GrantedToken> {
  const { accessToken, expiresIn } = await tokens.signInItself(client, scopes);
  return { accessToken, expiresIn, scopes, refreshToken: undefined };
}

/** The refresh token is noted before it is given away: otherwise it could not be revoked. */
async function userGrant({ refreshTokens: noted }: GrantDependencies, { tokens, claims }: { readonly tokens: Tokens; readonly claims: UserClaims }): Promise<GrantedToken> {
  await noted.remember(tokens.refreshToken, claims.signIn, claims.expiresAt + LONGEST_SIGN_IN_S);
  return { accessToken: tokens.accessToken, expiresIn: tokens.expiresIn, scopes: SCOPES, refreshToken: tokens.refreshToken };
}

/** An unknown application and a wrong secret are told alike. */
async function authenticated(
  applications: GrantDependencies['applications'],
  client: ClientCredentials | undefined,
): Promise<{ readonly application: Application; readonly client: ClientCredentials }> {
  const registered = client && (await applications.byClientId(client.clientId));
  if (client === undefined || registered === undefined || !isSecretOf(registered.secretDigest, client.secret)) {
    throw new Failure({ code: 'invalid-client', detail: 'Application inconnue ou secret incorrect.' });
  }
  return { application: registered.application, client };
}

function isSecretOf(digest: string | undefined, secret: string | undefined): boolean {
  if (digest === undefined || secret === undefined) return digest === secret;
  return timingSafeEqual(Buffer.from(digest), Buffer.from(secretDigest(secret)));
}

function unauthorized({ grantType }: Application, grant: TokenGrant): Failure {
  return new Failure({
    code: 'token-refused',
    error: 'unauthorized_client',
    detail: `Cette application est enregistrée pour « ${grantType} » : elle ne peut pas demander « ${grant} ».`,
  });
}
