import * as z from 'zod';
import { type AppClient, type AuthFlow, allows, rotates } from './app-client.ts';
import { newPasswordChallenge, takeChallenge } from './challenges.ts';
import { CognitoError, invalidParameter, notAuthorized } from './cognito-error.ts';
import { changeUser, clientInPool, clientOf, type Directory, poolOf, userOf } from './directory.ts';
import { ClientId, type Operation, operation, PoolId, WITHOUT_EFFECT } from './operation.ts';
import { checkPassword, hashPassword } from './password.ts';
import { passwordUser } from './password-sign-in.ts';
import { checkSecretHash, isSecretOf } from './secret-hash.ts';
import { refresh, refreshable, signIn } from './sessions.ts';

const { ClientMetadata, AnalyticsMetadata, UserContextData, ContextData } = WITHOUT_EFFECT;
const Texts = z.record(z.string(), z.string());

const InitiateAuth = z.strictObject({ ClientId, AuthFlow: z.string(), AuthParameters: Texts.default({}), ClientMetadata, AnalyticsMetadata, UserContextData });
const AdminInitiateAuth = z.strictObject({ UserPoolId: PoolId, ClientId, AuthFlow: z.string(), AuthParameters: Texts.default({}), ClientMetadata, AnalyticsMetadata, ContextData });

const initiateAuth = operation('InitiateAuth', InitiateAuth, (directory, input) => {
  const client = clientOf(directory, input.ClientId);
  switch (input.AuthFlow) {
    case 'USER_PASSWORD_AUTH':
      requireFlow(client, 'ALLOW_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH flow not enabled for this client');
      return withPassword(directory, client, input.AuthParameters);
    case 'REFRESH_TOKEN_AUTH':
    case 'REFRESH_TOKEN':
      return withRefreshToken(directory, client, input.AuthParameters);
    case 'ADMIN_USER_PASSWORD_AUTH':
    case 'ADMIN_NO_SRP_AUTH':
      throw invalidParameter('Initiate Auth method not supported.');
    default:
      throw invalidParameter(`This local user pool does not implement the flow ${input.AuthFlow}`);
  }
});

const adminInitiateAuth = operation('AdminInitiateAuth', AdminInitiateAuth, (directory, input) => {
  const client = clientInPool(directory, input.UserPoolId, input.ClientId);
  switch (input.AuthFlow) {
    case 'ADMIN_USER_PASSWORD_AUTH':
      requireFlow(client, 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'Auth flow not enabled for this client');
      return withPassword(directory, client, input.AuthParameters);
    case 'USER_PASSWORD_AUTH':
      requireFlow(client, 'ALLOW_USER_PASSWORD_AUTH', 'Auth flow not enabled for this client');
      return withPassword(directory, client, input.AuthParameters);
    case 'REFRESH_TOKEN_AUTH':
    case 'REFRESH_TOKEN':
      return withRefreshToken(directory, client, input.AuthParameters);
    default:
      throw invalidParameter(`This local user pool does not implement the flow ${input.AuthFlow}`);
  }
});

const RefreshInput = z.strictObject({ RefreshToken: z.string().min(1), ClientId, ClientSecret: z.string().optional(), ClientMetadata });

const getTokens = operation('GetTokensFromRefreshToken', RefreshInput, async (directory, input) => {
  const client = clientOf(directory, input.ClientId);
  if (!isSecretOf(client, input.ClientSecret)) throw notAuthorized(`Unable to verify the secret of client ${client.id}`);
  const { user: _, ...tokens } = await refresh(directory, client, input.RefreshToken);
  return { AuthenticationResult: tokens };
});

const Respond = z.strictObject({ ClientId, ChallengeName: z.string(), Session: z.string().min(1), ChallengeResponses: Texts, ClientMetadata, AnalyticsMetadata, UserContextData });
const AdminRespond = z.strictObject({
  UserPoolId: PoolId,
  ClientId,
  ChallengeName: z.string(),
  Session: z.string().min(1),
  ChallengeResponses: Texts,
  ClientMetadata,
  AnalyticsMetadata,
  ContextData,
});

const respond = operation('RespondToAuthChallenge', Respond, (directory, input) => answerChallenge(directory, clientOf(directory, input.ClientId), input));

const adminRespond = operation('AdminRespondToAuthChallenge', AdminRespond, (directory, input) =>
  answerChallenge(directory, clientInPool(directory, input.UserPoolId, input.ClientId), input),
);

async function withPassword(directory: Directory, client: AppClient, parameters: Readonly<Record<string, string>>): Promise<object> {
  const username = required(parameters, 'USERNAME');
  const password = required(parameters, 'PASSWORD');
  checkSecretHash(client, [username], parameters['SECRET_HASH']);
  const user = await passwordUser(directory, client, username, password);
  if (user.status === 'FORCE_CHANGE_PASSWORD') return newPasswordChallenge(directory, client, user);
  return { ChallengeParameters: {}, AuthenticationResult: await signIn(directory, client, user) };
}

async function withRefreshToken(directory: Directory, client: AppClient, parameters: Readonly<Record<string, string>>): Promise<object> {
  if (rotates(client)) throw invalidParameter('Refresh token rotation is enabled for this client: use GetTokensFromRefreshToken');
  requireFlow(client, 'ALLOW_REFRESH_TOKEN_AUTH', 'Auth flow not enabled for this client');
  const token = required(parameters, 'REFRESH_TOKEN');
  const { user } = refreshable(directory, client, token);
  checkSecretHash(client, [user.username, user.sub], parameters['SECRET_HASH']);
  const { user: _, ...tokens } = await refresh(directory, client, token);
  return { ChallengeParameters: {}, AuthenticationResult: tokens };
}

interface ChallengeAnswer {
  readonly ChallengeName: string;
  readonly Session: string;
  readonly ChallengeResponses: Readonly<Record<string, string>>;
}

async function answerChallenge(directory: Directory, client: AppClient, { ChallengeName, Session, ChallengeResponses }: ChallengeAnswer): Promise<object> {
  if (ChallengeName !== 'NEW_PASSWORD_REQUIRED') throw invalidParameter(`This local user pool does not implement the challenge ${ChallengeName}`);
  const username = required(ChallengeResponses, 'USERNAME');
  const wanted = required(ChallengeResponses, 'NEW_PASSWORD');
  const attribute = Object.keys(ChallengeResponses).find((name) => name.startsWith('userAttributes.'));
  if (attribute !== undefined) throw invalidParameter(`This local user pool does not implement ${attribute} of the challenge`);
  checkSecretHash(client, [username], ChallengeResponses['SECRET_HASH']);
  const pool = poolOf(directory, client.poolId);
  checkPassword(wanted, pool.passwordPolicy);
  takeChallenge(directory, client, Session, username);
  if (!userOf(directory, pool, username).enabled) throw notAuthorized('User is disabled.');
  const password = await hashPassword(wanted);
  const user = changeUser(directory, pool, username, () => ({ password, status: 'CONFIRMED' }));
  return { ChallengeParameters: {}, AuthenticationResult: await signIn(directory, client, user) };
}

function required(parameters: Readonly<Record<string, string>>, name: string): string {
  const value = parameters[name];
  if (value === undefined || value === '') throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

function requireFlow(client: AppClient, flow: AuthFlow, message: string): void {
  if (!allows(client, flow)) throw new CognitoError('InvalidParameterException', message);
}

export const SIGN_IN_OPERATIONS: readonly Operation[] = [initiateAuth, adminInitiateAuth, getTokens, respond, adminRespond];
