import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { RouteKey } from '../../lib/http/operations.ts';
import { type Access, ROUTES } from '../../lib/http/routes.ts';
import { makeScene, ROLES, type Role, type Scene } from './scene.ts';
import { type Asked, stageClient } from './stage-client.ts';
import type { StageName } from './start-stages.ts';

/** Whom a route is for, once a token is asked for. */
type Rule =
  | 'anybody who signed in'
  | 'members'
  | 'administrators'
  | 'whoever sees the work of the agent'
  | 'whoever may validate the work of the agent'
  | 'the agent and administrators';

/** A request that changes nothing, and what it is answered where it is allowed. */
interface Trial {
  readonly rule: Rule;
  readonly status: number;
  readonly asked?: (scene: Scene) => Asked;
}

const MISSING = 999_999_999;
const INVALID = () => ({ json: {} });

const TRIALS = {
  'GET /openapi.json': { rule: 'anybody who signed in', status: 200 },
  'GET /docs': { rule: 'anybody who signed in', status: 200 },
  'GET /o/applications': { rule: 'administrators', status: 200 },
  'GET /o/applications/register': { rule: 'administrators', status: 200 },
  'POST /o/applications/register': { rule: 'administrators', status: 400, asked: INVALID },
  'POST /o/token': { rule: 'anybody who signed in', status: 400, asked: INVALID },
  'POST /authentication/register': { rule: 'anybody who signed in', status: 400, asked: INVALID },
  'POST /authentication/token': { rule: 'anybody who signed in', status: 400, asked: INVALID },
  'POST /authentication/token/refresh': { rule: 'anybody who signed in', status: 400, asked: INVALID },
  'POST /authentication/token/revoke': { rule: 'anybody who signed in', status: 400, asked: INVALID },
  'POST /get_user': { rule: 'anybody who signed in', status: 200, asked: ({ tokens }) => ({ json: { token: tokens['the agent'] } }) },
  'POST /reconciliation': { rule: 'members', status: 404, asked: () => ({ json: { operateur: 'INCONNU', fichier: [], fileName: 'x' } }) },
  'POST /reconciliation/uploads': { rule: 'members', status: 404, asked: () => ({ json: { operateur: 'INCONNU', fileName: 'x' } }) },
  'POST /update_reconciliation/{id}': { rule: 'whoever may validate the work of the agent', status: 400, asked: ({ tacheId }) => ({ id: tacheId, json: { ids: [MISSING] } }) },
  'PUT /update_reconciliation/{id}': { rule: 'whoever may validate the work of the agent', status: 400, asked: ({ tacheId }) => ({ id: tacheId, json: { ids: [MISSING] } }) },
  'POST /cinetpay': { rule: 'members', status: 200, asked: () => ({ json: [] }) },
  'GET /operateurs': { rule: 'anybody who signed in', status: 200 },
  'GET /operateurs/{id}': { rule: 'anybody who signed in', status: 200, asked: () => ({ id: 2 }) },
  'GET /operateurs/{id}/profil': { rule: 'administrators', status: 200, asked: () => ({ id: 2 }) },
  'POST /operateurs': { rule: 'administrators', status: 400, asked: INVALID },
  'PUT /operateurs/{id}': { rule: 'administrators', status: 400, asked: () => ({ id: 2, json: {} }) },
  'PATCH /operateurs/{id}': { rule: 'administrators', status: 404, asked: () => ({ id: MISSING, json: {} }) },
  'DELETE /operateurs/{id}': { rule: 'administrators', status: 404, asked: () => ({ id: MISSING }) },
  'GET /profiles': { rule: 'members', status: 200 },
  'GET /profiles/{id}': { rule: 'whoever sees the work of the agent', status: 200, asked: ({ profileId }) => ({ id: profileId }) },
  'POST /profiles': { rule: 'administrators', status: 400, asked: INVALID },
  'PUT /profiles/{id}': { rule: 'the agent and administrators', status: 200, asked: ({ profileId }) => ({ id: profileId, json: {} }) },
  'PATCH /profiles/{id}': { rule: 'the agent and administrators', status: 200, asked: ({ profileId }) => ({ id: profileId, json: {} }) },
  'GET /profiles/{id}/avis': { rule: 'the agent and administrators', status: 200, asked: ({ profileId }) => ({ id: profileId }) },
  'PUT /profiles/{id}/avis': { rule: 'the agent and administrators', status: 200, asked: ({ profileId }) => ({ id: profileId, json: {} }) },
  'GET /roles': { rule: 'members', status: 200 },
  'POST /roles': { rule: 'administrators', status: 400, asked: INVALID },
  'PUT /roles/{id}': { rule: 'administrators', status: 409, asked: () => ({ id: 1, json: { libelle: 'x', parent: 1 } }) },
  'PATCH /roles/{id}': { rule: 'administrators', status: 409, asked: () => ({ id: 1, json: {} }) },
  'DELETE /roles/{id}': { rule: 'administrators', status: 409, asked: () => ({ id: 1 }) },
  'GET /taches': { rule: 'members', status: 200 },
  'GET /taches/{id}': { rule: 'whoever sees the work of the agent', status: 200, asked: ({ tacheId }) => ({ id: tacheId }) },
  'GET /taches/{id}/journal': { rule: 'whoever sees the work of the agent', status: 200, asked: ({ tacheId }) => ({ id: tacheId }) },
  'POST /taches/{id}/ecarts/{ligne}': {
    rule: 'whoever sees the work of the agent',
    status: 404,
    asked: ({ tacheId }) => ({ id: tacheId, json: { action: 'commenter', motif: 'x' } }),
  },
  'GET /taches/{id}/avis': { rule: 'whoever sees the work of the agent', status: 200, asked: ({ tacheId }) => ({ id: tacheId }) },
  'POST /taches/{id}/avis/renvoyer': { rule: 'whoever sees the work of the agent', status: 202, asked: ({ tacheId }) => ({ id: tacheId }) },
  'GET /taches/{id}/export': { rule: 'whoever sees the work of the agent', status: 200, asked: ({ tacheId }) => ({ id: tacheId }) },
  'GET /ecarts': { rule: 'members', status: 200 },
  'GET /ecarts/balance': { rule: 'members', status: 200 },
  'GET /details_taches/{id}': { rule: 'whoever sees the work of the agent', status: 200, asked: ({ tacheId }) => ({ id: tacheId }) },
} as const satisfies Readonly<Record<RouteKey, Trial>>;

const BY_NAME: ReadonlyMap<string, Trial> = new Map(Object.entries(TRIALS));
const NO_TOKEN: ReadonlySet<Role> = new Set(['nobody', 'a bad token', 'an expired token', 'a revoked token']);

/** What the contract says that somebody is answered. */
function expectedStatus(stage: StageName, method: string, access: Access, role: Role, { rule, status }: Trial): number {
  if (access === 'open' || (stage === 'local' && access !== 'bearer')) return status;
  if (NO_TOKEN.has(role)) return 401;
  if (role === 'a machine that may read' && method !== 'GET') return 403;
  const groupless = role === 'somebody without a group';
  switch (rule) {
    case 'anybody who signed in':
      return status;
    case 'members':
      return groupless ? 403 : status;
    case 'administrators':
      return role === 'an administrator' ? status : 403;
    case 'whoever sees the work of the agent':
      return groupless ? 403 : role === 'another agent' || role === 'a machine that may read' ? 404 : status;
    case 'whoever may validate the work of the agent':
      // Deployed stages ask for four eyes.
      if (role === 'the agent' && stage !== 'local') return 403;
      return groupless ? 403 : role === 'another agent' || role === 'a machine that may read' ? 404 : status;
    case 'the agent and administrators':
      return groupless || role === 'a supervisor' ? 403 : role === 'another agent' || role === 'a machine that may read' ? 404 : status;
    default:
      return rule satisfies never;
  }
}

describe.each(inject('stages'))('in the stage $name', (stage) => {
  const client = stageClient(stage);
  let scene: Scene;

  beforeAll(async () => {
    scene = await makeScene(client, stage, 'roles');
  });

  it.each(ROUTES)('$method $path answers each role as the contract says', async ({ method, path, access }) => {
    const trial = BY_NAME.get(`${method} ${path}`);
    if (trial === undefined) throw new Error(`no trial for ${method} ${path}`);
    const seen: Record<string, number> = {};
    for (const role of ROLES) seen[role] = (await client.ask(method, path, { ...trial.asked?.(scene), token: scene.tokens[role] })).status;
    expect(seen).toEqual(Object.fromEntries(ROLES.map((role) => [role, expectedStatus(stage.name, method, access, role, trial)])));
  });

  it('a token is taken in the Authorization header only, as Bearer', async () => {
    const token = scene.tokens['an administrator'];
    for (const headers of [{ authorization: `Basic ${token}` }, { authorization: `${token}` }, { authorization: 'Bearer' }, { 'x-authorization': `Bearer ${token}` }]) {
      expect((await client.ask('GET', '/roles', { headers })).status).toBe(401);
    }
    expect((await client.ask('GET', '/roles', { query: `?access_token=${token}` })).status).toBe(401);
  });

  it('a refresh token is no access token', async () => {
    const agent = stage.users.find(({ username }) => username === 'agent-local');
    const { body } = await client.ask('POST', '/authentication/token', { json: { username: agent?.username, password: agent?.password } });
    expect((await client.ask('GET', '/roles', { token: JSON.stringify(body).match(/"refresh_token":"([^"]+)"/u)?.[1] })).status).toBe(401);
  });
});
