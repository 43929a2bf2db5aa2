import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { AdminAddUserToGroupCommand, AdminCreateUserCommand, AdminSetUserPasswordCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { clientSettings } from '../../../lib/local/launch/client-settings.ts';
import { synthesize } from '../../../lib/local/launch/synthesis.ts';
import { type LocalCloud, startLocalCloud } from '../../../lib/local/local-cloud.ts';
import type { Step } from './guide-page.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** Where the API stands in the guide. */
const ADDRESS = 'https://api.exemple.ci';
const PASSWORD = 'motdepasse#1';
/** When everything happens in the guide. */
const MOMENT = '2026-03-08';
const HASH = '5b1f0c9a7d3e48627f90b4c1d2e3a5867094f1b2c3d4e5f60718293a4b5c6d7e';

/** The people of the guide. */
const PEOPLE = { awa: { username: 'awa.kone', group: 'agent' }, binta: { username: 'binta.traore', group: 'superviseur' } } as const;

/** A stage of its own, as it is deployed, so that numbers are those of the guide. */
export interface GuideStage {
  readonly cloud: LocalCloud;
  /** Where the files of the guide lie. */
  readonly folder: string;
  readonly password: string;
  /** Runs a command of the guide as somebody. @returns what it wrote, in the words of the guide */
  run(step: Pick<Step, 'person' | 'command'>): Promise<string>;
  stop(): Promise<void>;
}

export async function startGuideStage(): Promise<GuideStage> {
  const base = await mkdtemp(join(tmpdir(), 'guide-'));
  const folder = await mkdtemp(join(base, 'awa-'));
  await synthesize(join(base, 'assembly'), 'production');
  const cloud = await startLocalCloud({ assembly: join(base, 'assembly'), dataDir: join(base, 'state') });
  await makePeople(cloud);
  let exitCode = 0;
  return {
    cloud,
    folder,
    password: PASSWORD,
    async run({ person, command }) {
      const environment = { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`, HOME: join(base, person), ...(person === 'exploitation' && cloud.environment) };
      // `npm run` is what it would run; `$?` is what came of the command before.
      const script = `exec 2>&1; npm() { node "${ROOT}/bin/$3.ts" "\${@:5}"; }; (exit ${exitCode}); ${command.replaceAll(ADDRESS, cloud.api)}`;
      const child = spawn('bash', ['-c', script], { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
      const [out, code] = await Promise.all([text(child.stdout), new Promise<number | null>((resolve) => child.once('close', resolve))]);
      exitCode = code ?? 1;
      return asTold(out.replaceAll(cloud.api, ADDRESS).replaceAll(folder, '/home/awa'));
    },
    async stop() {
      await cloud.stop();
      await rm(base, { recursive: true, force: true });
    },
  };
}

/** What differs from one run to the next: moments of today, hashes, names that a service makes up, and the sizes of files that hold them. */
function asTold(out: string): string {
  const days = [0, -86_400_000].map((back) => new Date(Date.now() + back).toISOString().slice(0, 10));
  return out
    .replaceAll(
      new RegExp(`(?:${days.join('|')})([T ])\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?`, 'gu'),
      (_, between: string, fraction = '') => `${MOMENT}${between}18:02:11${fraction.replaceAll(/\d/gu, '0')}`,
    )
    .replaceAll(/\b[0-9a-f]{64}\b/gu, HASH)
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gu, '0f3b6a52-7c1e-4d8f-9a20-5e6b7c8d9e0f')
    .replaceAll(/(Queue[\dA-F]{8})-\w+/gu, '$1-k3J9xQ2mL7aB')
    .replaceAll(/\d[\d ]* octets/gu, '18 432 octets');
}

async function makePeople(cloud: LocalCloud): Promise<void> {
  const cognito = new CognitoIdentityProviderClient(clientSettings(cloud, 'cognito'));
  const pool = { UserPoolId: cloud.outputs['UserPoolId'] };
  for (const { username, group } of Object.values(PEOPLE)) {
    await cognito.send(new AdminCreateUserCommand({ ...pool, Username: username, MessageAction: 'SUPPRESS' }));
    await cognito.send(new AdminSetUserPasswordCommand({ ...pool, Username: username, Password: PASSWORD, Permanent: true }));
    await cognito.send(new AdminAddUserToGroupCommand({ ...pool, Username: username, GroupName: group }));
  }
}
