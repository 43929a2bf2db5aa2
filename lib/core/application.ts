import type { Scope } from './tokens.ts';

/** Whether an application can keep a secret. */
export const CLIENT_TYPES = ['confidential', 'public'] as const;
export type ClientType = (typeof CLIENT_TYPES)[number];

/** How an application comes by its tokens, in the words of the old system. */
export const GRANT_TYPES = ['authorization-code', 'implicit', 'password', 'client-credentials', 'openid-hybrid'] as const;
export type GrantType = (typeof GRANT_TYPES)[number];

/** How id tokens are signed; `''` for applications that ask for none. */
export const ALGORITHMS = ['', 'RS256', 'HS256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** What whoever registers an application says of it. */
export interface ApplicationWish {
  readonly name: string;
  readonly clientType: ClientType;
  readonly grantType: GrantType;
  readonly redirectUris: readonly string[];
  readonly algorithm: Algorithm;
}

/** A program that may ask for tokens: for itself or for its users. */
export interface Application extends ApplicationWish {
  readonly id: number;
  readonly clientId: string;
}

export type ApplicationField = keyof ApplicationWish;

const REDIRECTING: ReadonlySet<GrantType> = new Set(['authorization-code', 'implicit', 'openid-hybrid']);
const REFRESHING: ReadonlySet<GrantType> = new Set(['password', 'authorization-code', 'openid-hybrid']);

/** What is wrong with an application, by field. */
export type ApplicationFault =
  | { readonly field: 'redirectUris'; readonly fault: 'missing' }
  | { readonly field: 'redirectUris'; readonly fault: 'not-absolute' | 'fragment' | 'insecure'; readonly uri: string }
  /** RFC 6749, section 4.4: whoever has no secret cannot sign in as itself. */
  | { readonly field: 'grantType'; readonly fault: 'needs-secret' }
  /** HS256 signs with the secret: there is none, or a browser would have to know it. */
  | { readonly field: 'algorithm'; readonly fault: 'needs-secret' };

export function applicationFaults({ clientType, grantType, redirectUris, algorithm }: ApplicationWish): readonly ApplicationFault[] {
  const faults: ApplicationFault[] = redirectUris.flatMap((uri) => redirectFault(uri) ?? []);
  if (redirectUris.length === 0 && REDIRECTING.has(grantType)) faults.push({ field: 'redirectUris', fault: 'missing' });
  if (clientType === 'public' && grantType === 'client-credentials') faults.push({ field: 'grantType', fault: 'needs-secret' });
  if (algorithm === 'HS256' && (clientType === 'public' || grantType === 'implicit')) faults.push({ field: 'algorithm', fault: 'needs-secret' });
  return faults;
}

/** The pool sends codes and tokens over TLS only, but for a program under development on the same machine. */
function redirectFault(uri: string): ApplicationFault | undefined {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url === undefined || !['https:', 'http:'].includes(url.protocol)) return { field: 'redirectUris', fault: 'not-absolute', uri };
  if (uri.includes('#')) return { field: 'redirectUris', fault: 'fragment', uri };
  return url.protocol === 'https:' || LOOPBACK.has(url.hostname) ? undefined : { field: 'redirectUris', fault: 'insecure', uri };
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What `POST /o/token/` gives tokens for. */
export const TOKEN_GRANTS = ['client_credentials', 'password', 'refresh_token'] as const;
export type TokenGrant = (typeof TOKEN_GRANTS)[number];

export function mayAskFor({ grantType }: Pick<Application, 'grantType'>, grant: TokenGrant): boolean {
  switch (grant) {
    case 'client_credentials':
      return grantType === 'client-credentials';
    case 'password':
      return grantType === 'password';
    case 'refresh_token':
      return REFRESHING.has(grantType);
    default:
      return grant satisfies never;
  }
}

/** How an application that acts for itself is called where users are: two applications may share a name, never an id. */
export function applicationUsername({ id }: Pick<Application, 'id'>): string {
  return `${APPLICATION_PREFIX}${id}`;
}

export const APPLICATION_PREFIX = 'application:';

/** The groups that a machine's scopes stand for: it works as an agent does, and sees its own work only. */
export function groupsOfScopes(scopes: readonly Scope[]): readonly string[] {
  return scopes.length === 0 ? [] : ['agent'];
}
