import * as z from 'zod';
import type { StageClient } from './stage-client.ts';
import type { StageUnderTest } from './start-stages.ts';

/** Who may come to a route. */
export const ROLES = [
  'nobody',
  'a bad token',
  'an expired token',
  'a revoked token',
  'somebody without a group',
  'a machine that may read',
  'another agent',
  'the agent',
  'a supervisor',
  'an administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** What there is to be asked for: the agent's work and profile, and a token of everybody. */
export interface Scene {
  readonly tokens: Readonly<Record<Role, string | undefined>>;
  /** In ATTENTE, with three correspondents. */
  readonly tacheId: number;
  readonly correspondents: readonly number[];
  /** Of the agent. */
  readonly profileId: number;
}

const AGENT = 'agent-local';

const application = z.object({ client_id: z.string(), client_secret: z.string() });
const granted = z.object({ access_token: z.string() });
const user = z.object({ profile: z.tuple([z.object({ id: z.int() })]) });

/** @param name of the agent's tache: its file name is taken once a stage */
export async function makeScene(client: StageClient, stage: StageUnderTest, name: string): Promise<Scene> {
  const [agent, other, nobody, supervisor, administrator, revoked] = await Promise.all(
    [AGENT, 'autre-agent', 'sans-groupe', 'superviseur-local', 'administrateur-local', AGENT].map((username) => client.signIn(username)),
  );
  await client.ask('POST', '/authentication/token/revoke', { json: { token: revoked } });
  const tache = await waitingTache(client, agent, name);
  const described = await client.ask('POST', '/get_user', { token: agent, json: { token: agent } });
  return {
    tokens: {
      nobody: undefined,
      'a bad token': tampered(agent),
      'an expired token': stage.expiredToken,
      'a revoked token': revoked,
      'somebody without a group': nobody,
      'a machine that may read': await readingMachine(client, administrator),
      'another agent': other,
      'the agent': agent,
      'a supervisor': supervisor,
      'an administrator': administrator,
    },
    ...tache,
    profileId: user.parse(described.body).profile[0].id,
  };
}

/** The agent's token with somebody else's name in it. */
function tampered(token = ''): string {
  const [header, payload = '', signature] = token.split('.');
  const claims = z.looseObject({}).parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  return [header, Buffer.from(JSON.stringify({ ...claims, username: 'administrateur-local', 'cognito:groups': ['administrateur'] })).toString('base64url'), signature].join('.');
}

async function readingMachine(client: StageClient, administrator: string | undefined): Promise<string> {
  const registered = await client.ask('POST', '/o/applications/register', { token: administrator, json: { name: 'Lectrice' } });
  const fields = { grant_type: 'client_credentials', scope: 'read', ...application.parse(registered.body) };
  return granted.parse((await client.ask('POST', '/o/token', { body: new URLSearchParams(fields) })).body).access_token;
}

const submitted = z.object({ details: z.object({ id: z.int() }) });
const detailed = z.object({ correspondent: z.array(z.object({ id: z.int() })) });

/** Rows and the failed transactions that explain them, under names and at minutes of their own. */
export async function waitingTache(client: StageClient, token: string | undefined, name: string, amount = 1500): Promise<Pick<Scene, 'tacheId' | 'correspondents'>> {
  const day = 1 + ([...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 28);
  const two = (value: number) => String(value).padStart(2, '0');
  await client.ask('POST', '/cinetpay', {
    token,
    json: [1, 2, 3].map((index) => ({
      created_at: `2025-11-${two(day)}T10:00:0${index}Z`,
      cpm_trans_id: `${name}-${index}`,
      cpm_amount: String(amount),
      cpm_currency: 'XOF',
      payment_method: 'DDVAMTNCI',
      marchand: 'DDVA',
      cel_phone_num: `2250510000${two(day)}${index}`,
      cpm_trans_status: 'FAILED',
      cpm_payid: '',
    })),
  });
  const fichier = [1, 2, 3].map((index) =>
    statementRow({ Date: `${two(day)}-11-2025 10:00:0${index}`, Identifiant: `${name}-P${index}`, Montant: amount, Numero: `0510000${two(day)}${index}` }),
  );
  const answer = await client.ask('POST', '/reconciliation', {
    token,
    json: { operateur: 'DDVAMTNCI', fichier, dateDebut: `2025-11-${two(day)}T00:00`, dateFin: `2025-11-${two(day)}T23:59`, fileName: `${name}.json` },
  });
  const { id } = submitted.parse(answer.body).details;
  await client.finished(id, token ?? '');
  const details = await client.ask('GET', '/details_taches/{id}', { id, token });
  return { tacheId: id, correspondents: detailed.parse(details.body).correspondent.map((one) => one.id) };
}

export function statementRow(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { Date: '02-11-2025 10:00:01', Identifiant: 'P1', Statut: 'SUCCES', Montant: 1000, Numero: '0510000001', Compte: '2250500000012', ...changes };
}
