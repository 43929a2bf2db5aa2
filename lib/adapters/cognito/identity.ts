import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  InitiateAuthCommand,
  InvalidParameterException,
  InvalidPasswordException,
  NotAuthorizedException,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  SignUpCommand,
  UnsupportedTokenTypeException,
  UserNotConfirmedException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Tokens } from '../../core/tokens.ts';
import type { FirstSignIn, Identity } from '../../ports.ts';
import { accessTokenVerifier } from './access-token.ts';
import { isRefusal, refusedAsUndefined, tokensOf } from './pool-answers.ts';
import { cognito } from './pool-client.ts';

/** A user pool, seen through one of its app clients. */
export function cognitoIdentity(userPoolId: string, clientId: string): Identity {
  const chooseFirstPassword = async (username: string, session: string | undefined, newPassword: string): Promise<Tokens | FirstSignIn | undefined> => {
    try {
      const { AuthenticationResult } = await cognito.send(
        new RespondToAuthChallengeCommand({
          ClientId: clientId,
          ChallengeName: 'NEW_PASSWORD_REQUIRED',
          Session: session,
          ChallengeResponses: { USERNAME: username, NEW_PASSWORD: newPassword },
        }),
      );
      return AuthenticationResult && tokensOf(AuthenticationResult);
    } catch (error) {
      if (error instanceof InvalidPasswordException) return 'new-password-weak';
      throw error;
    }
  };

  const signIn = async (username: string, password: string, newPassword?: string): Promise<Tokens | FirstSignIn | undefined> => {
    const answer = await cognito.send(new InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: username, PASSWORD: password } }));
    if (answer.ChallengeName === 'NEW_PASSWORD_REQUIRED') return newPassword === undefined ? 'new-password-needed' : chooseFirstPassword(username, answer.Session, newPassword);
    return answer.AuthenticationResult && tokensOf(answer.AuthenticationResult);
  };

  /** Whoever is confirmed already is so: the client asks again where an answer is lost. */
  const confirm = async (username: string): Promise<void> => {
    try {
      await cognito.send(new AdminConfirmSignUpCommand({ UserPoolId: userPoolId, Username: username }));
    } catch (error) {
      if (!(error instanceof NotAuthorizedException)) throw error;
    }
  };

  return {
    verify: accessTokenVerifier(userPoolId, clientId),

    async register(username, password) {
      try {
        await cognito.send(new SignUpCommand({ ClientId: clientId, Username: username, Password: password }));
      } catch (error) {
        if (error instanceof UsernameExistsException) return 'username-taken';
        if (error instanceof InvalidPasswordException) return 'password-weak';
        if (error instanceof InvalidParameterException) return 'username-invalid';
        throw error;
      }
      await confirm(username);
      return undefined;
    },

    // The pool looks at the password before it says that somebody is not confirmed; and a confirmation gives nobody a token who cannot sign in.
    goOnRegistering: (username, password) =>
      refusedAsUndefined(async () => {
        const tokens = await signIn(username, password).catch(async (error: unknown) => {
          if (!(error instanceof UserNotConfirmedException)) throw error;
          await confirm(username);
          return signIn(username, password);
        });
        return typeof tokens === 'string' ? undefined : tokens;
      }),

    async addToGroup(username, group) {
      await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId: userPoolId, Username: username, GroupName: group }));
    },

    signIn: (username, password, newPassword) => refusedAsUndefined(() => signIn(username, password, newPassword)),

    refresh: (refreshToken) =>
      refusedAsUndefined(async () => {
        const { AuthenticationResult } = await cognito.send(
          new InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: refreshToken } }),
        );
        return AuthenticationResult && tokensOf(AuthenticationResult, refreshToken);
      }),

    async revokeRefreshToken(refreshToken) {
      try {
        await cognito.send(new RevokeTokenCommand({ ClientId: clientId, Token: refreshToken }));
      } catch (error) {
        if (!(error instanceof UnsupportedTokenTypeException || isRefusal(error))) throw error;
      }
    },
  };
}
