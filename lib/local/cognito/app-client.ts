import * as z from 'zod';

const TimeUnit = z.enum(['seconds', 'minutes', 'hours', 'days']);
const SECONDS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;

const Url = z.string().min(1).max(1_024);

/** What CreateUserPoolClient and UpdateUserPoolClient take, in Cognito's words. */
export const ClientConfiguration = z.strictObject({
  ClientName: z.string().min(1).max(128),
  RefreshTokenValidity: z.int().nonnegative().optional(),
  AccessTokenValidity: z.int().positive().optional(),
  IdTokenValidity: z.int().positive().optional(),
  TokenValidityUnits: z.strictObject({ AccessToken: TimeUnit.optional(), IdToken: TimeUnit.optional(), RefreshToken: TimeUnit.optional() }).optional(),
  ExplicitAuthFlows: z
    .array(z.enum(['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_USER_AUTH']))
    .optional(),
  SupportedIdentityProviders: z.array(z.literal('COGNITO')).optional(),
  CallbackURLs: z.array(Url).max(100).optional(),
  LogoutURLs: z.array(Url).max(100).optional(),
  DefaultRedirectURI: Url.optional(),
  AllowedOAuthFlows: z
    .array(z.enum(['code', 'implicit', 'client_credentials']))
    .max(3)
    .optional(),
  AllowedOAuthScopes: z.array(z.string().min(1).max(256)).max(50).optional(),
  AllowedOAuthFlowsUserPoolClient: z.boolean().optional(),
  PreventUserExistenceErrors: z.enum(['LEGACY', 'ENABLED']).optional(),
  EnableTokenRevocation: z.boolean().optional(),
  AuthSessionValidity: z.int().min(3).max(15).optional(),
  RefreshTokenRotation: z.strictObject({ Feature: z.enum(['ENABLED', 'DISABLED']), RetryGracePeriodSeconds: z.int().min(0).max(60).optional() }).optional(),
});
export type ClientConfiguration = z.infer<typeof ClientConfiguration>;

/** A client as it is kept and described. Dates in milliseconds since 1970. */
export const AppClient = z
  .object({
    poolId: z.string(),
    id: z.string(),
    secret: z.string().optional(),
    configuration: ClientConfiguration,
    created: z.number(),
    modified: z.number(),
  })
  .readonly();
export type AppClient = z.infer<typeof AppClient>;

export type AuthFlow = NonNullable<ClientConfiguration['ExplicitAuthFlows']>[number];

const DEFAULT_FLOWS: readonly AuthFlow[] = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'];

export function allows({ configuration }: AppClient, flow: AuthFlow): boolean {
  return (configuration.ExplicitAuthFlows ?? DEFAULT_FLOWS).includes(flow);
}

export function rotates({ configuration }: Pick<AppClient, 'configuration'>): boolean {
  return configuration.RefreshTokenRotation?.Feature === 'ENABLED';
}

/** Revocation is on unless it was switched off. */
export function revokes({ configuration }: AppClient): boolean {
  return configuration.EnableTokenRevocation ?? true;
}

export function hidesUsers({ configuration }: AppClient): boolean {
  return configuration.PreventUserExistenceErrors === 'ENABLED';
}

/** How long each kind of token is good, in seconds. */
export function lifetimes({ TokenValidityUnits: units = {}, ...validity }: ClientConfiguration): { readonly access: number; readonly id: number; readonly refresh: number } {
  return {
    access: (validity.AccessTokenValidity ?? 1) * SECONDS[validity.AccessTokenValidity === undefined ? 'hours' : (units.AccessToken ?? 'hours')],
    id: (validity.IdTokenValidity ?? 1) * SECONDS[validity.IdTokenValidity === undefined ? 'hours' : (units.IdToken ?? 'hours')],
    // 0 stands for the default of 30 days.
    refresh: validity.RefreshTokenValidity ? validity.RefreshTokenValidity * SECONDS[units.RefreshToken ?? 'days'] : 30 * SECONDS.days,
  };
}
