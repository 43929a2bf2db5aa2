import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { TestProject } from 'vitest/node';
import { clientSettings } from '../../lib/local/launch/client-settings.ts';
import { type LocalUser, makeLocalUsers } from '../../lib/local/launch/local-users.ts';
import { synthesize } from '../../lib/local/launch/synthesis.ts';
import { type LocalCloud, startLocalCloud } from '../../lib/local/local-cloud.ts';

/** A stage as these tests see it from outside. */
export interface StageUnderTest {
  readonly name: StageName;
  readonly api: string;
  readonly users: readonly LocalUser[];
  /** Of an agent, signed by the pool, an hour out of date. */
  readonly expiredToken: string;
}

/** One as open as the old system, and one as it is deployed. */
export const STAGES = ['local', 'production'] as const;
export type StageName = (typeof STAGES)[number];

declare module 'vitest' {
  export interface ProvidedContext {
    stages: readonly StageUnderTest[];
  }
}

/** A second agent, and somebody whom no administrator has put in a group. */
const MORE_USERS: readonly LocalUser[] = [
  { username: 'autre-agent', password: 'motdepasse#2-agent', groupe: 'agent' },
  { username: 'sans-groupe', password: 'motdepasse#2-personne', groupe: '' },
];

/** Both kinds of stage, each made from its own template. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'));
  // One after the other: both write the same bundles.
  for (const name of STAGES) await synthesize(join(folder, name, 'assembly'), name);
  const clouds = await Promise.all(STAGES.map((name) => startLocalCloud({ assembly: join(folder, name, 'assembly'), dataDir: join(folder, name, 'state') })));
  const stages: StageUnderTest[] = [];
  for (const [index, cloud] of clouds.entries()) stages.push({ name: STAGES[index] ?? 'local', api: cloud.api, ...(await people(cloud)) });
  project.provide('stages', stages);
  return async () => {
    await Promise.all(clouds.map((cloud) => cloud.stop()));
    await rm(folder, { recursive: true, force: true });
  };
}

async function people(cloud: LocalCloud): Promise<Pick<StageUnderTest, 'users' | 'expiredToken'>> {
  const cognito = new CognitoIdentityProviderClient(clientSettings(cloud, 'cognito'));
  const pool = { UserPoolId: cloud.outputs['UserPoolId'] };
  const users = [...(await makeLocalUsers(cognito, pool.UserPoolId ?? '')), ...MORE_USERS];
  for (const { username, password, groupe } of MORE_USERS) {
    await cognito.send(new AdminCreateUserCommand({ ...pool, Username: username, MessageAction: 'SUPPRESS' }));
    await cognito.send(new AdminSetUserPasswordCommand({ ...pool, Username: username, Password: password, Permanent: true }));
    if (groupe !== '') await cognito.send(new AdminAddUserToGroupCommand({ ...pool, Username: username, GroupName: groupe }));
  }
  return { users, expiredToken: await expired(cognito, cloud.outputs['UserPoolClientId'] ?? '', users) };
}

/** The pool runs in this process: a sign-in while its clock is eleven hours behind gives a token that is good in everything but its time. */
async function expired(cognito: CognitoIdentityProviderClient, clientId: string, users: readonly LocalUser[]): Promise<string> {
  const agent = users.find(({ groupe }) => groupe === 'agent');
  mock.timers.enable({ apis: ['Date'], now: Date.now() - 11 * 3_600_000 });
  try {
    const parameters = { USERNAME: agent?.username ?? '', PASSWORD: agent?.password ?? '' };
    const { AuthenticationResult } = await cognito.send(new InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: parameters }));
    return AuthenticationResult?.AccessToken ?? '';
  } finally {
    mock.timers.reset();
  }
}
