import type { Application, ApplicationWish } from '../../lib/core/application.ts';
import type { AccessClaims, Tokens } from '../../lib/core/tokens.ts';
import type { ApplicationClients, Applications, ApplicationTokens, Identity, RefreshTokens, RegisteredApplication, Revocations } from '../../lib/ports.ts';
import { registerApplication } from '../../lib/use-cases/register-application.ts';

const FIELDS = { name: 'name', clientType: 'client_type', grantType: 'authorization_grant_type', redirectUris: 'redirect_uris', algorithm: 'algorithm' } as const;

export interface ApplicationsInMemory {
  readonly applications: Applications & { forget(clientId: string): void };
  readonly clients: ApplicationClients;
  readonly tokens: ApplicationTokens;
  readonly identity: Pick<Identity, 'verify' | 'refresh' | 'revokeRefreshToken'>;
  readonly revocations: Revocations;
  readonly refreshTokens: RefreshTokens & { noted(): readonly string[] };
  /** What the pool has in `verify`, by access token: a test may add some. */
  readonly claims: Map<string, AccessClaims>;
}

/**
 * A pool and a registry in maps. Users sign in with the password `bon`; tokens are `acces-<n>` and `renouvellement-<n>`, each sign-in its own; a refresh rotates.
 * The pool checks secrets, as the real one does.
 */
export function applicationsInMemory(): ApplicationsInMemory {
  const registered = new Map<string, RegisteredApplication>();
  const secrets = new Map<string, string | undefined>();
  const claims = new Map<string, AccessClaims>();
  const live = new Map<string, { clientId: string; username: string; signIn: string }>();
  const revoked = new Set<string>();
  const noted = new Map<string, { signIn: string; expiresAt: number }>();
  let count = 0;

  const issue = (clientId: string, username: string, signIn: string): Tokens => {
    count += 1;
    const tokens = { accessToken: `acces-${count}`, refreshToken: `renouvellement-${count}`, expiresIn: 36_000 };
    claims.set(tokens.accessToken, { kind: 'user', issuedTo: clientId, username, groups: ['agent'], signIn, issuedAt: 1_999_964_000, expiresAt: 2_000_000_000 });
    live.set(tokens.refreshToken, { clientId, username, signIn });
    return tokens;
  };

  return {
    claims,
    applications: {
      nextId: async () => registered.size + 1,
      save: async (application, secretDigest) => void registered.set(application.clientId, { application, secretDigest }),
      list: async () => ({ applications: [...registered.values()].map(({ application }) => application) }),
      byClientId: async (clientId) => registered.get(clientId),
      forget: (clientId) => void registered.delete(clientId),
    },
    clients: {
      async create(id, { clientType, redirectUris }) {
        if (redirectUris.includes('https://refuse.example/')) return 'redirects-refused';
        if (redirectUris.includes('https://plein.example/')) return 'full';
        const made = { clientId: `client${id}`, secret: clientType === 'confidential' ? `secret-${id}` : undefined };
        secrets.set(made.clientId, made.secret);
        return made;
      },
    },
    tokens: {
      async signIn({ clientId, secret }, username, password) {
        if (secrets.get(clientId) !== secret) throw new Error('the pool would refuse this secret');
        return password === 'bon' ? issue(clientId, username, `connexion-${count + 1}`) : undefined;
      },
      async refresh({ clientId, secret }, refreshToken) {
        if (secrets.get(clientId) !== secret) throw new Error('the pool would refuse this secret');
        const held = live.get(refreshToken);
        if (held?.clientId !== clientId) return undefined;
        live.delete(refreshToken);
        return issue(clientId, held.username, held.signIn);
      },
      async signInItself({ clientId }, scopes) {
        count += 1;
        const accessToken = `acces-${count}`;
        claims.set(accessToken, { kind: 'machine', issuedTo: clientId, scopes, signIn: `connexion-${count}`, issuedAt: 1_999_964_000, expiresAt: 2_000_000_000 });
        return { accessToken, expiresIn: 36_000 };
      },
    },
    identity: {
      verify: async (accessToken) => claims.get(accessToken),
      refresh: async () => undefined,
      revokeRefreshToken: async () => undefined,
    },
    revocations: { revoke: async (signIn) => void revoked.add(signIn), isRevoked: async (signIn) => revoked.has(signIn) },
    refreshTokens: {
      remember: async (token, signIn, expiresAt) => void noted.set(token, { signIn, expiresAt }),
      signInOf: async (token) => noted.get(token),
      noted: () => [...noted.keys()],
    },
  };
}

/** Registers an application with what a test wants different from a machine's. */
export async function anApplication(
  deps: Pick<ApplicationsInMemory, 'applications' | 'clients'>,
  changes: Partial<ApplicationWish> = {},
): Promise<{ readonly application: Application; readonly client: { readonly clientId: string; readonly secret: string | undefined } }> {
  const wish: ApplicationWish = { name: 'Comptoir', clientType: 'confidential', grantType: 'client-credentials', redirectUris: [], algorithm: '', ...changes };
  const { application, secret } = await registerApplication(deps, wish, FIELDS);
  return { application, client: { clientId: application.clientId, secret } };
}
