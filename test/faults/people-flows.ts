import { AdminCreateUserCommand, AdminSetUserPasswordCommand } from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import { call } from './api-calls.ts';
import type { FaultCloud } from './fault-cloud.ts';
import type { Flow, Stage } from './flow.ts';
import { normalised } from './normalised.ts';

const PASSWORD = 'mot-de-passe-9';
const tokens = z.object({ access_token: z.string(), refresh_token: z.string() });
const signedIn = z.object({ token: tokens });
const holder = z.looseObject({ profile: z.tuple([z.looseObject({ id: z.int() })]) });

/** Whom a run is about: the pool keeps names as they are written. */
const nameOf = ({ at }: Pick<Stage, 'at'>) => `personne-${at.tag.toLowerCase()}`;
const credentials = (stage: Pick<Stage, 'at'>) => ({ username: nameOf(stage), password: PASSWORD });

function kept(stage: Stage, name: string): string {
  const value = stage.kept.get(name);
  if (value === undefined) throw new Error(`nothing was kept as ${name}`);
  return value;
}

const register = (stage: Stage) => stage.ask('POST', '/authentication/register/', { json: credentials(stage) });

/** What the API and the pool know of the person of a run who signs in anew. */
async function personState(stage: Stage): Promise<string> {
  const { body, status } = await call(stage.cloud, 'POST', '/authentication/token/', { json: credentials(stage) });
  const found = signedIn.safeParse(body);
  if (!found.success) return normalised({ status, body }, stage.at);
  const { access_token } = found.data.token;
  const told = await call(stage.cloud, 'POST', '/get_user/', { token: access_token, json: { token: access_token } });
  const { profile } = holder.parse(told.body);
  const own = await call(stage.cloud, 'GET', `/profiles/${profile[0].id}`);
  return normalised({ signedIn: body, told: told.body, profile: own.body, groups: groupsOf(access_token) }, stage.at);
}

const profiles = z.tuple([z.object({ id: z.int() })]);
const claims = z.object({ 'cognito:groups': z.array(z.string()).default([]) });

function groupsOf(accessToken: string): readonly string[] {
  const [, payload = ''] = accessToken.split('.');
  return claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))['cognito:groups'];
}

/** Somebody whom only the pool knows. */
async function makeStranger({ cloud, at }: Stage): Promise<void> {
  const Username = nameOf({ at });
  await cloud.cognito.send(new AdminCreateUserCommand({ UserPoolId: cloud.userPoolId, Username, MessageAction: 'SUPPRESS' }));
  await choosePassword(cloud, Username);
}

async function choosePassword({ cognito, userPoolId }: FaultCloud, Username: string): Promise<void> {
  await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId: userPoolId, Username, Password: PASSWORD, Permanent: true }));
}

/** Signs in by the pool alone, so that nobody of ours has met them. */
async function keepTokens(stage: Stage): Promise<void> {
  const { token } = signedIn.parse((await call(stage.cloud, 'POST', '/authentication/token/', { json: credentials(stage) })).body);
  stage.kept.set('access', token.access_token);
  stage.kept.set('refresh', token.refresh_token);
}

async function registered(stage: Stage): Promise<void> {
  await register(stage);
  await keepTokens(stage);
}

/** Whether tokens are good yet. */
async function tokenState(stage: Stage): Promise<string> {
  const access = await call(stage.cloud, 'POST', '/get_user/', { token: kept(stage, 'access'), json: { token: kept(stage, 'access') } });
  const refresh = await call(stage.cloud, 'POST', '/authentication/token/refresh/', { json: { refresh_token: kept(stage, 'refresh') } });
  return JSON.stringify([access.status, refresh.status]);
}

/** What happens to people and their tokens. */
export const PEOPLE_FLOWS: readonly Flow[] = [
  {
    name: 'a registration',
    covers: ['authentication-register-user'],
    // Done, its answer lost: the name is taken, and its owner signs in.
    done: [400],
    act: async (stage) => void (await register(stage)),
    observe: personState,
  },
  {
    name: 'a registration under a name that is taken',
    covers: ['authentication-register-user'],
    refusals: [400],
    prepare: async (stage) => void (await register(stage)),
    act: async (stage) => void (await stage.ask('POST', '/authentication/register/', { json: { ...credentials(stage), password: 'un-autre-mot-8' } })),
    observe: personState,
  },
  {
    name: 'a sign-in',
    covers: ['authentication-issue-token'],
    prepare: async (stage) => void (await register(stage)),
    act: async (stage) => void (await stage.ask('POST', '/authentication/token/', { json: credentials(stage) })),
    observe: personState,
  },
  {
    name: 'the first sign-in of somebody whom only the pool knows',
    covers: ['authentication-issue-token'],
    prepare: makeStranger,
    act: async (stage) => void (await stage.ask('POST', '/authentication/token/', { json: credentials(stage) })),
    observe: personState,
  },
  {
    name: 'a token that is renewed',
    covers: ['authentication-refresh-token'],
    prepare: registered,
    act: async (stage) => void (await stage.ask('POST', '/authentication/token/refresh/', { json: { refresh_token: kept(stage, 'refresh') } })),
    observe: tokenState,
  },
  {
    name: 'an access token that is revoked',
    covers: ['authentication-revoke-token'],
    prepare: registered,
    act: async (stage) => void (await stage.ask('POST', '/authentication/token/revoke/', { json: { token: kept(stage, 'access') } })),
    observe: tokenState,
  },
  {
    name: 'a refresh token that is revoked',
    covers: ['authentication-revoke-token'],
    prepare: registered,
    act: async (stage) => void (await stage.ask('POST', '/authentication/token/revoke/', { json: { token: kept(stage, 'refresh') } })),
    observe: tokenState,
  },
  {
    name: 'who holds a token',
    covers: ['authentication-describe-user', 'authorization-authorize-request'],
    prepare: registered,
    act: async (stage) => void (await stage.ask('POST', '/get_user/', { token: kept(stage, 'access'), json: { token: kept(stage, 'access') } })),
    observe: tokenState,
  },
  {
    name: 'an invitation',
    covers: ['profiles-add-profile'],
    // Done, its answer lost: there is a profile already, and its number is told.
    done: [409],
    async act(stage) {
      const json = { username: nameOf(stage), email: `${nameOf(stage)}@example.org`, groupe: 'superviseur', role: 2, fonction: 'Caissière', nom: 'Essai' };
      await stage.ask('POST', '/profiles/', { token: stage.administrator, json });
    },
    async observe(stage) {
      await choosePassword(stage.cloud, nameOf(stage));
      return personState(stage);
    },
  },
  {
    name: 'a profile that is changed',
    covers: ['profiles-change-profile'],
    async prepare(stage) {
      await register(stage);
      const { body } = await call(stage.cloud, 'POST', '/authentication/token/', { json: credentials(stage) });
      stage.kept.set('id', String(holder.parse(body).profile[0].id));
    },
    async act(stage) {
      const json = { groupe: 'superviseur', role: 2, fonction: 'Superviseure', nom: 'Essai', telephone: '0501020304' };
      await stage.ask('PATCH', `/profiles/${kept(stage, 'id')}`, { token: stage.administrator, json });
    },
    observe: personState,
  },
  {
    name: 'what is read of people',
    covers: ['profiles-list-profiles', 'profiles-get-profile', 'roles-list-roles'],
    shared: true,
    async act({ ask, administrator }) {
      const [profile] = profiles.parse((await ask('GET', '/profiles/?limit=1', { token: administrator })).body);
      for (const path of [`/profiles/${profile.id}`, '/roles/']) await ask('GET', path, { token: administrator });
    },
    observe: async () => '',
  },
  {
    name: 'a role from its coming to its going',
    covers: ['roles-add-role', 'roles-change-role', 'roles-replace-role', 'roles-remove-role'],
    // Done, its answer lost: the name is taken, or the role has gone.
    done: [409, 404],
    async act(stage) {
      const { ask, cloud, at, administrator: token } = stage;
      await ask('POST', '/roles/', { token, json: { libelle: `guichet ${at.tag}`, parent: 2 } });
      const found = (await rolesOf(cloud, at.tag, token))[0];
      await ask('PATCH', `/roles/${found?.id}`, { token, json: { libelle: `guichet du port ${at.tag}` } });
      await ask('PUT', `/roles/${found?.id}`, { token, json: { libelle: `guichet du marché ${at.tag}`, parent: 1 } });
      stage.kept.set('roles', normalised(await rolesOf(cloud, at.tag, token), at));
      await ask('DELETE', `/roles/${found?.id}`, { token });
    },
    observe: async (stage) => kept(stage, 'roles') + JSON.stringify(await rolesOf(stage.cloud, stage.at.tag, stage.administrator)),
  },
];

async function rolesOf(cloud: FaultCloud, tag: string, token: string) {
  const roles = z.array(z.looseObject({ id: z.int(), libelle: z.string() })).parse((await call(cloud, 'GET', '/roles/', { token })).body);
  return roles.filter(({ libelle }) => libelle.includes(tag));
}
