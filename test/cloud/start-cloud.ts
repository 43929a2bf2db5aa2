import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { TestProject } from 'vitest/node';
import { clientSettings } from '../../lib/local/launch/client-settings.ts';
import { type LocalUser, makeLocalUsers } from '../../lib/local/launch/local-users.ts';
import { synthesize } from '../../lib/local/launch/synthesis.ts';
import { type LocalCloud, startLocalCloud } from '../../lib/local/local-cloud.ts';

/** What the tests of the cloud are told: addresses, and who can sign in. */
export interface CloudUnderTest {
  readonly api: string;
  readonly endpoints: Readonly<LocalCloud['endpoints']>;
  readonly environment: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly users: readonly LocalUser[];
  /** Folder of the e-mail and SMS that went out. */
  readonly outbox: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    cloud: CloudUnderTest;
  }
}

/** One local cloud for all tests of this project, made from the template as `npm start` makes it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'cloud-'));
  const assembly = join(folder, 'assembly');
  await synthesize(assembly);
  const cloud = await startLocalCloud({ assembly, dataDir: join(folder, 'state') });
  const cognito = new CognitoIdentityProviderClient(clientSettings(cloud, 'cognito'));
  const users = await makeLocalUsers(cognito, cloud.outputs['UserPoolId'] ?? '');
  project.provide('cloud', {
    api: cloud.api,
    endpoints: cloud.endpoints,
    environment: cloud.environment,
    outputs: cloud.outputs,
    users,
    outbox: cloud.outbox,
  });
  return async () => {
    await cloud.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
