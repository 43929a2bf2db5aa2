import { CreateUserPoolClientCommand, type CreateUserPoolClientCommandInput, InvalidParameterException, LimitExceededException } from '@aws-sdk/client-cognito-identity-provider';
import type { GrantType } from '../../core/application.ts';
import { SCOPES } from '../../core/tokens.ts';
import type { ApplicationClients } from '../../ports.ts';
import { cognito } from './pool-client.ts';
import { poolScope } from './pool-scopes.ts';

type ClientSettings = Omit<CreateUserPoolClientCommandInput, 'UserPoolId' | 'ClientName'>;

const HOURS = { AccessToken: 'hours', IdToken: 'hours', RefreshToken: 'days' } as const;
/** The least that a client must be able to do with users: renew tokens that it cannot get. */
const NO_SIGN_IN: ClientSettings['ExplicitAuthFlows'] = ['ALLOW_REFRESH_TOKEN_AUTH'];

/** Makes app clients in a user pool. */
export function cognitoApplicationClients(userPoolId: string): ApplicationClients {
  return {
    async create(id, { clientType, grantType, redirectUris }) {
      try {
        const { UserPoolClient: made } = await cognito.send(
          new CreateUserPoolClientCommand({
            UserPoolId: userPoolId,
            // The pool takes few characters in a name: what the application is called stands in the registry.
            ClientName: `application-${id}`,
            GenerateSecret: clientType === 'confidential',
            AccessTokenValidity: 10,
            IdTokenValidity: 10,
            RefreshTokenValidity: 30,
            TokenValidityUnits: HOURS,
            EnableTokenRevocation: true,
            PreventUserExistenceErrors: 'ENABLED',
            ...(redirectUris.length > 0 && { CallbackURLs: [...redirectUris] }),
            ...settingsOf(grantType),
          }),
        );
        if (made?.ClientId === undefined) throw new Error('the pool made a client and did not say which');
        return { clientId: made.ClientId, secret: made.ClientSecret };
      } catch (error) {
        if (error instanceof LimitExceededException) return 'full';
        if (error instanceof InvalidParameterException && redirectUris.length > 0) return 'redirects-refused';
        throw error;
      }
    },
  };
}

/** What each grant of the old system is in the pool. Codes and implicit tokens are given at the pool's own domain. */
function settingsOf(grantType: GrantType): ClientSettings {
  switch (grantType) {
    case 'password':
      return { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'], RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 } };
    case 'client-credentials':
      return { ExplicitAuthFlows: NO_SIGN_IN, ...oauth(['client_credentials'], []) };
    case 'authorization-code':
      return { ExplicitAuthFlows: NO_SIGN_IN, ...oauth(['code'], ['openid']) };
    case 'implicit':
      return { ExplicitAuthFlows: NO_SIGN_IN, ...oauth(['implicit'], ['openid']) };
    case 'openid-hybrid':
      return { ExplicitAuthFlows: NO_SIGN_IN, ...oauth(['code', 'implicit'], ['openid']) };
    default:
      return grantType satisfies never;
  }
}

function oauth(flows: NonNullable<ClientSettings['AllowedOAuthFlows']>, scopes: readonly string[]): ClientSettings {
  return {
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: flows,
    AllowedOAuthScopes: [...scopes, ...SCOPES.map(poolScope)],
    SupportedIdentityProviders: ['COGNITO'],
  };
}
