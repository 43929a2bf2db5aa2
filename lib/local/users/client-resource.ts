import * as z from 'zod';
import type { LocalServices } from '../local-services.ts';
import { identifier } from '../physical-name.ts';
import { type ResourceType, readProperties, templateBoolean, templateNumber, withoutLocalMeaning } from '../template/declared-resource.ts';
import { withoutAbsent } from './pool-resource.ts';

const SECONDS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
const Unit = z.enum(['seconds', 'minutes', 'hours', 'days']);
const Flow = z.enum(['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_USER_AUTH']);

const UserPoolClient = z.strictObject({
  UserPoolId: z.string(),
  ClientName: z.string().optional(),
  GenerateSecret: templateBoolean.default(false),
  AccessTokenValidity: templateNumber.optional(),
  IdTokenValidity: templateNumber.optional(),
  RefreshTokenValidity: templateNumber.optional(),
  TokenValidityUnits: z.strictObject({ AccessToken: Unit.default('hours'), IdToken: Unit.default('hours'), RefreshToken: Unit.default('days') }).default({
    AccessToken: 'hours',
    IdToken: 'hours',
    RefreshToken: 'days',
  }),
  ExplicitAuthFlows: z.array(Flow).optional(),
  EnableTokenRevocation: templateBoolean.optional(),
  PreventUserExistenceErrors: z.enum(['ENABLED', 'LEGACY']).default('LEGACY'),
  RefreshTokenRotation: z.strictObject({ Feature: z.enum(['ENABLED', 'DISABLED']), RetryGracePeriodSeconds: templateNumber.default(0) }).optional(),
  AllowedOAuthFlowsUserPoolClient: templateBoolean.default(false),
  AllowedOAuthFlows: z.array(z.enum(['code', 'implicit', 'client_credentials'])).optional(),
  AllowedOAuthScopes: z.array(z.string()).optional(),
  CallbackURLs: z.array(z.string()).optional(),
  LogoutURLs: z.array(z.string()).optional(),
  SupportedIdentityProviders: z.array(z.literal('COGNITO', 'other identity providers are not supported here')).optional(),
  // How long a challenge may be answered: there are no challenges without a second factor.
  AuthSessionValidity: withoutLocalMeaning,
});

export const userPoolClient: ResourceType<LocalServices> = {
  physicalId: ({ stackName, logicalId }) => identifier(`${stackName}/${logicalId}`, 26),
  attributes: {
    ClientId: ({ physicalId }) => physicalId,
    ClientSecret: ({ physicalId, logicalId }, { clientSecrets }) => {
      const secret = clientSecrets.get(physicalId);
      if (secret === undefined) throw new Error(`the user pool client ${logicalId} has no secret`);
      return secret;
    },
    Name: (resource) => readProperties(UserPoolClient, resource).ClientName ?? resource.logicalId,
  },
  async provision(resource, { userPools, clientSecrets }) {
    const client = readProperties(UserPoolClient, resource);
    const { TokenValidityUnits: units } = client;
    const oauth = withoutAbsent({
      AllowedOAuthFlows: client.AllowedOAuthFlows,
      AllowedOAuthScopes: client.AllowedOAuthScopes,
      CallbackURLs: client.CallbackURLs,
      LogoutURLs: client.LogoutURLs,
    });
    const { secret } = await userPools.createClient(client.UserPoolId, {
      id: resource.physicalId,
      name: client.ClientName ?? resource.logicalId,
      generateSecret: client.GenerateSecret,
      preventUserExistenceErrors: client.PreventUserExistenceErrors === 'ENABLED',
      ...withoutAbsent({
        accessTokenSeconds: inSeconds(client.AccessTokenValidity, units.AccessToken),
        idTokenSeconds: inSeconds(client.IdTokenValidity, units.IdToken),
        refreshTokenSeconds: inSeconds(client.RefreshTokenValidity, units.RefreshToken),
        authFlows: client.ExplicitAuthFlows,
        enableTokenRevocation: client.EnableTokenRevocation,
        refreshRotation: client.RefreshTokenRotation?.Feature === 'ENABLED' ? { graceSeconds: client.RefreshTokenRotation.RetryGracePeriodSeconds } : undefined,
        oauth: client.AllowedOAuthFlowsUserPoolClient ? oauth : undefined,
      }),
    });
    if (secret !== undefined) clientSecrets.set(resource.physicalId, secret);
  },
};

function inSeconds(validity: number | undefined, unit: keyof typeof SECONDS): number | undefined {
  return validity === undefined || validity === 0 ? undefined : validity * SECONDS[unit];
}
