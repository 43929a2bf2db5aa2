import { createHmac } from 'node:crypto';
import { GetTokensFromRefreshTokenCommand, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { ApplicationTokens, ClientCredentials } from '../../ports.ts';
import { refusedAsUndefined, tokensOf } from './pool-answers.ts';
import { cognito } from './pool-client.ts';
import { machineToken } from './token-endpoint.ts';

/** @param tokenEndpoint address of `/oauth2/token` at the pool's domain */
export function cognitoApplicationTokens(tokenEndpoint: string): ApplicationTokens {
  return {
    signIn: (client, username, password) =>
      refusedAsUndefined(async () => {
        const { AuthenticationResult } = await cognito.send(
          new InitiateAuthCommand({
            ClientId: client.clientId,
            AuthFlow: 'USER_PASSWORD_AUTH',
            AuthParameters: { USERNAME: username, PASSWORD: password, ...(client.secret !== undefined && { SECRET_HASH: secretHash(client, client.secret, username) }) },
          }),
        );
        return AuthenticationResult && tokensOf(AuthenticationResult);
      }),

    // REFRESH_TOKEN_AUTH would want a hash with the user's name in it, which a refresh token does not tell.
    refresh: ({ clientId, secret }, refreshToken) =>
      refusedAsUndefined(async () => {
        const { AuthenticationResult } = await cognito.send(
          new GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken: refreshToken, ...(secret !== undefined && { ClientSecret: secret }) }),
        );
        return AuthenticationResult && tokensOf(AuthenticationResult, refreshToken);
      }),

    signInItself: (client, scopes) => machineToken(tokenEndpoint, client, scopes),
  };
}

/** With which a client proves, call by call, that it has the secret. */
function secretHash({ clientId }: ClientCredentials, secret: string, username: string): string {
  return createHmac('sha256', secret).update(`${username}${clientId}`).digest('base64');
}
