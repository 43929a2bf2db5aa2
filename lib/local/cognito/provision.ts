import { type AuthFlow, ClientConfiguration } from './app-client.ts';
import { keepClient, randomText } from './client-operations.ts';
import { type Directory, poolOf } from './directory.ts';
import { PasswordPolicy, type Pool, type ResourceServer } from './pool.ts';
import { forgetSessions } from './sessions.ts';
import { newSigningKeys } from './tokens.ts';

const LONGEST_ACCESS_TOKEN_MS = 86_400_000;

export interface PoolSettings {
  /** `<region>_<nine or more letters and digits>`, as AWS makes them. */
  readonly id: string;
  readonly name: string;
  /** What is not said is as in AWS: 8 characters, of all four kinds. */
  readonly passwordPolicy?: Partial<PasswordPolicy>;
  /** Whether `Awa` and `awa` are two users; true if not said, as in AWS. */
  readonly caseSensitive?: boolean;
  /** Whether anybody may sign up; true if not said. */
  readonly selfSignUp?: boolean;
  /** With their `custom:`. */
  readonly customAttributes?: readonly string[];
}

export interface ClientSettings {
  readonly id: string;
  readonly name: string;
  readonly secret?: string;
  /** A secret of its own, the same after a restart. */
  readonly generateSecret?: boolean;
  /** 300 to 86,400; an hour if not said. */
  readonly accessTokenSeconds?: number;
  readonly idTokenSeconds?: number;
  /** 3,600 to ten years; 30 days if not said. */
  readonly refreshTokenSeconds?: number;
  readonly authFlows?: readonly AuthFlow[];
  /** True if not said. */
  readonly enableTokenRevocation?: boolean;
  readonly refreshRotation?: { readonly graceSeconds: number };
  /** Whether an unknown user is told like a wrong password. False if not said. */
  readonly preventUserExistenceErrors?: boolean;
  /** OAuth flows and scopes, and where a browser may be sent; as CreateUserPoolClient takes them. */
  readonly oauth?: Pick<ClientConfiguration, 'AllowedOAuthFlows' | 'AllowedOAuthScopes' | 'CallbackURLs' | 'LogoutURLs'>;
}

/** How pools come to be: not through the API, but from whatever describes them. Each can be called again with other settings; users and keys stay. */
export interface PoolProvision {
  createPool(settings: PoolSettings): Promise<void>;
  /** @returns the secret, where the client has one */
  createClient(poolId: string, settings: ClientSettings): Promise<{ readonly secret: string | undefined }>;
  createGroup(poolId: string, name: string, settings?: { readonly description?: string; readonly precedence?: number }): Promise<void>;
  createResourceServer(poolId: string, server: ResourceServer): Promise<void>;
}

export function poolProvision(directory: Directory): PoolProvision {
  return {
    async createPool({ id, name, passwordPolicy = {}, caseSensitive = true, selfSignUp = true, customAttributes = [] }) {
      if (!new RegExp(`^${directory.region}_[0-9a-zA-Z]{9,45}$`).test(id)) throw new Error(`${id} cannot be the id of a user pool in ${directory.region}`);
      const there = directory.pools.get(id, id);
      if (there !== undefined && there.caseSensitive !== caseSensitive) throw new Error(`user pool ${id}: whether names are case-sensitive cannot be changed`);
      const kept = there ?? { keys: await newSigningKeys(), resourceServers: [], created: directory.now().getTime() };
      const pool = { ...kept, id, name, passwordPolicy: PasswordPolicy.parse(passwordPolicy), caseSensitive, selfSignUp, customAttributes };
      directory.pools.put(id, id, pool);
      forgetOldSessions(directory, pool);
    },

    async createClient(poolId, settings) {
      const now = directory.now().getTime();
      const there = directory.clients.get(poolId, settings.id);
      const secret = settings.secret ?? (settings.generateSecret === true ? (there?.secret ?? randomText(52)) : undefined);
      keepClient(directory, {
        poolId,
        id: settings.id,
        ...(secret === undefined ? {} : { secret }),
        configuration: configurationOf(settings),
        created: there?.created ?? now,
        modified: now,
      });
      return { secret };
    },

    async createGroup(poolId, name, settings = {}) {
      const now = directory.now().getTime();
      const pool = poolOf(directory, poolId);
      directory.groups.put(pool.id, name, { name, ...settings, created: directory.groups.get(pool.id, name)?.created ?? now, modified: now });
    },

    async createResourceServer(poolId, server) {
      const pool = poolOf(directory, poolId);
      const others = pool.resourceServers.filter(({ identifier }) => identifier !== server.identifier);
      directory.pools.put(pool.id, pool.id, { ...pool, resourceServers: [...others, server] });
    },
  };
}

/** A session is asked after for as long as one of its access tokens may be good. */
function forgetOldSessions(directory: Directory, pool: Pool): void {
  const longAgo = directory.now().getTime() - LONGEST_ACCESS_TOKEN_MS;
  const old = directory.sessions.all(pool.id).filter(([, session]) => session.expiresAt < longAgo);
  forgetSessions(directory, pool, old);
}

function configurationOf(settings: ClientSettings): ClientConfiguration {
  const { accessTokenSeconds, idTokenSeconds, refreshTokenSeconds, authFlows, refreshRotation, enableTokenRevocation, oauth } = settings;
  return ClientConfiguration.parse({
    ClientName: settings.name,
    AccessTokenValidity: accessTokenSeconds,
    IdTokenValidity: idTokenSeconds,
    RefreshTokenValidity: refreshTokenSeconds,
    TokenValidityUnits: { AccessToken: 'seconds', IdToken: 'seconds', RefreshToken: 'seconds' },
    ExplicitAuthFlows: authFlows,
    PreventUserExistenceErrors: settings.preventUserExistenceErrors === true ? 'ENABLED' : 'LEGACY',
    EnableTokenRevocation: enableTokenRevocation,
    RefreshTokenRotation: refreshRotation && { Feature: 'ENABLED', RetryGracePeriodSeconds: refreshRotation.graceSeconds },
    ...(oauth === undefined ? {} : { ...oauth, AllowedOAuthFlowsUserPoolClient: true }),
  });
}
