import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AdminConfirmSignUpCommand,
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderServiceException,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'vitest';
import type { ClientSettings, PoolSettings } from '../../../lib/local/cognito/provision.ts';
import { startUserPoolServer, type UserPoolServer } from '../../../lib/local/cognito/user-pool-server.ts';

export const REGION = 'eu-west-1';
export const POOL = 'eu-west-1_Recon1234';
export const CLIENT = 'backoffice0123456789abcdef';
export const PASSWORD = 'Motdepasse#1';

/** A server with one pool and one client, its SDK client, and a clock that only moves when it is told to. */
export interface TestPool {
  readonly server: UserPoolServer;
  readonly dataDir: string;
  readonly cognito: CognitoIdentityProviderClient;
  readonly advance: (seconds: number) => void;
  readonly restart: () => Promise<TestPool>;
  readonly end: () => Promise<void>;
}

const FLOWS = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] as const;

export async function startTestPool(pool: Partial<PoolSettings> = {}, client: Partial<ClientSettings> = {}): Promise<TestPool> {
  return open(await mkdtemp(join(tmpdir(), 'pool-')), pool, client);
}

async function open(dataDir: string, pool: Partial<PoolSettings>, client: Partial<ClientSettings>): Promise<TestPool> {
  let time = Date.now();
  const server = await startUserPoolServer({ dataDir, region: REGION, now: () => new Date(time) });
  await server.createPool({ id: POOL, name: 'test', ...pool });
  await server.createClient(POOL, { id: CLIENT, name: 'back-office', authFlows: FLOWS, preventUserExistenceErrors: true, ...client });
  const cognito = new CognitoIdentityProviderClient({ region: REGION, endpoint: server.url, credentials: { accessKeyId: 'x', secretAccessKey: 'y' }, maxAttempts: 1 });
  const close = async () => {
    cognito.destroy();
    await server.stop();
  };
  return {
    server,
    dataDir,
    cognito,
    advance: (seconds) => {
      time += seconds * 1_000;
    },
    restart: async () => {
      await close();
      return open(dataDir, pool, client);
    },
    end: async () => {
      await close();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** A user who can sign in. */
export async function registered({ cognito }: TestPool, username: string, password = PASSWORD): Promise<void> {
  await cognito.send(new SignUpCommand({ ClientId: CLIENT, Username: username, Password: password }));
  await cognito.send(new AdminConfirmSignUpCommand({ UserPoolId: POOL, Username: username }));
}

export interface SignedIn {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken: string;
  readonly ExpiresIn: number;
}

export async function signedIn({ cognito }: TestPool, username: string, password = PASSWORD): Promise<SignedIn> {
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({ ClientId: CLIENT, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: username, PASSWORD: password } }),
  );
  const { AccessToken, IdToken, RefreshToken, ExpiresIn } = AuthenticationResult ?? {};
  if (AccessToken === undefined || IdToken === undefined || RefreshToken === undefined || ExpiresIn === undefined) throw new Error('a token is missing');
  return { AccessToken, IdToken, RefreshToken, ExpiresIn };
}

/** That a call is refused, and how. */
export async function expectRefusal(call: Promise<unknown>, name: string, message?: string | RegExp): Promise<void> {
  const failure = await call.then(
    () => new Error('the call went through'),
    (error: CognitoIdentityProviderServiceException) => error,
  );
  expect(failure.name).toBe(name);
  if (message !== undefined) expect(failure.message).toMatch(message);
}
