import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loginCommand } from '../../../lib/cli/remote/login.ts';
import { logoutCommand } from '../../../lib/cli/remote/logout.ts';
import { savedSessions, sessionFolder } from '../../../lib/cli/remote/saved-sessions.ts';
import { tachesCommand } from '../../../lib/cli/remote/taches.ts';
import { type ApiServer, apiServer, type Reply, type Seen } from './api-server.ts';
import { atTerminal } from './fake-terminal.ts';

const TOKEN = { access_token: 'acces-1', expires_in: 36_000, token_type: 'Bearer', scope: 'read write', refresh_token: 'rafraichissement-1' };
const SIGNED_IN = { token: TOKEN, profile: [], details: { nom: '', prenom: '', email: '', usename: 'awa' } };

let home = '';
let server: ApiServer | undefined;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sessions-'));
});
afterEach(async () => {
  await server?.close();
  rmSync(home, { recursive: true, force: true });
});

async function serve(reply: (seen: Seen) => Reply): Promise<ApiServer> {
  server = await apiServer(reply);
  return server;
}

const environment = (more: Readonly<Record<string, string>> = {}) => ({ XDG_CONFIG_HOME: home, ...more });
const sessions = () => savedSessions(sessionFolder(environment()));
const login = (words: readonly string[], more: Parameters<typeof atTerminal>[2] = {}) => atTerminal(loginCommand, words, { ...more, environment: environment(more.environment) });
const taches = (...words: string[]) => atTerminal(tachesCommand, words, { environment: environment() });

describe('login', () => {
  it('asks for the name and the password, shows nothing of the password, and keeps only tokens, for nobody else to read', async () => {
    const { address, seen } = await serve(() => ({ body: SIGNED_IN }));
    const { code, out, err } = await login(['--api', address], {
      typed: [
        ['Nom', 'awa\r'],
        ['Mot de passe', 'secret#1x\x7f\r'],
      ],
    });
    expect([code, out]).toEqual([0, `Connecté à ${address} : awa.\n`]);
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ username: 'awa', password: 'secret#1' });
    expect(err).not.toContain('secret');
    const folder = sessionFolder(environment());
    const [name = ''] = readdirSync(folder);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, name), 'utf8')).not.toContain('secret');
    expect(await sessions().of(address)).toMatchObject({ utilisateur: 'awa', jeton: 'acces-1', rafraichissement: 'rafraichissement-1' });
  });

  it('takes the password from the environment or the input where nobody sits at a terminal', async () => {
    const { address, seen } = await serve(() => ({ body: SIGNED_IN }));
    const words = ['--api', address, '--utilisateur', 'awa'];
    expect((await login(words, { input: 'par l’entrée\nreste\n' })).code).toBe(0);
    expect((await login(words, { environment: { RECONCILE_MOT_DE_PASSE: 'par l’environnement' } })).code).toBe(0);
    expect(seen.map(({ body }) => JSON.parse(body).password)).toEqual(['par l’entrée', 'par l’environnement']);
    expect(await login(words)).toMatchObject({ code: 2, err: expect.stringContaining('RECONCILE_MOT_DE_PASSE') });
  });

  it('lets somebody who was invited choose their password', async () => {
    const { address, seen } = await serve(({ body }) =>
      body.includes('new_password') ? { body: SIGNED_IN } : { status: 400, body: { error: 'invalid_grant', error_description: 'Première connexion : … new_password.' } },
    );
    const { code } = await login(['--api', address, '--utilisateur', 'awa'], {
      typed: [
        ['Mot de passe', 'reçu\r'],
        ['Nouveau', 'choisi#2\r'],
        ['Encore', 'choisi#2\r'],
      ],
    });
    expect([code, JSON.parse(seen[1]?.body ?? '')]).toEqual([0, { username: 'awa', password: 'reçu', new_password: 'choisi#2' }]);
  });

  it('signs an application in by its secret, which is not kept', async () => {
    const { address, seen } = await serve(() => ({ body: { access_token: 'machine', expires_in: 3_600, token_type: 'Bearer', scope: 'read write' } }));
    expect((await login(['--api', address, '--application', 'client-1'], { environment: { RECONCILE_SECRET: 'se:cret' } })).code).toBe(0);
    expect(seen[0]).toMatchObject({
      request: 'POST /o/token/',
      authorization: `Basic ${Buffer.from('client-1:se%3Acret').toString('base64')}`,
      body: 'grant_type=client_credentials',
    });
    expect(await sessions().of(address)).toMatchObject({ utilisateur: 'client-1', jeton: 'machine' });
  });

  it('reads the address and a user of the app on this machine from its endpoints', async () => {
    const { address, seen } = await serve(() => ({ body: SIGNED_IN }));
    const path = join(home, 'endpoints.json');
    writeFileSync(path, JSON.stringify({ api: address, utilisateurs: [{ username: 'superviseur-local', password: 'p', groupe: 'superviseur' }] }));
    expect((await login(['--endpoints', path, '--groupe', 'superviseur'])).code).toBe(0);
    expect(seen[0]?.body).toContain('superviseur-local');
    expect(await login(['--endpoints', path])).toMatchObject({ code: 2, err: expect.stringContaining('agent') });
    expect(await login(['--endpoints', join(home, 'nulle-part.json')])).toMatchObject({ code: 2 });
  });

  it.each(['http://api.exemple.ci', 'ftp://x', 'exemple', 'https://u:p@x/', 'https://x/?a=1'])('sends no password to %s', async (address) => {
    expect(await login(['--api', address, '--utilisateur', 'awa'], { input: 'p\n' })).toMatchObject({ code: 2, out: '' });
  });

  it('given up with Ctrl-C ends with 130 and keeps nothing', async () => {
    const { address, seen } = await serve(() => ({ body: SIGNED_IN }));
    expect((await login(['--api', address, '--utilisateur', 'awa'], { typed: [['Mot de passe', 'à moit\x03']] })).code).toBe(130);
    expect([seen.length, await sessions().apis()]).toEqual([0, []]);
  });
});

describe('a saved session', () => {
  const keep = (api: string, changes: object = {}) =>
    sessions().keep({ api, utilisateur: 'awa', jeton: 'vieux', rafraichissement: 'r', expire: new Date(Date.now() + 3_600_000).toISOString(), ...changes });
  const renewing =
    (good: string) =>
    ({ request, authorization }: Seen): Reply => {
      if (request.includes('/refresh')) return { body: { ...TOKEN, access_token: 'neuf', refresh_token: 'r2' } };
      return authorization === `Bearer ${good}` ? { body: [] } : { status: 401, body: {} };
    };

  it('is what the only known API is asked with', async () => {
    const { address, seen } = await serve(() => ({ body: [] }));
    await keep(address);
    expect((await taches('--json')).out).toBe('[]\n');
    expect(seen[0]).toMatchObject({ request: 'GET /taches/?limit=20', authorization: 'Bearer vieux' });
  });

  it('is renewed when it has ended, and kept', async () => {
    const { address, seen } = await serve(renewing('neuf'));
    await keep(address, { expire: '2026-01-01T00:00:00.000Z' });
    expect((await taches('--json')).code).toBe(0);
    expect(seen.map(({ request }) => request)).toEqual(['POST /authentication/token/refresh/', 'GET /taches/?limit=20']);
    expect(await sessions().of(address)).toMatchObject({ jeton: 'neuf', rafraichissement: 'r2' });
  });

  it('is renewed when the API takes its token no more', async () => {
    const { address, seen } = await serve(renewing('neuf'));
    await keep(address);
    expect((await taches('--json')).code).toBe(0);
    expect(seen).toHaveLength(3);
  });

  it('that cannot be renewed says: sign in again, with exit code 3', async () => {
    const { address } = await serve(({ request }) =>
      request.includes('/refresh') ? { status: 400, body: { error: 'invalid_grant', error_description: 'x' } } : { status: 401, body: { status: 401, detail: 'jeton' } },
    );
    await keep(address);
    expect(await taches()).toMatchObject({ code: 3, err: expect.stringContaining(`login --api ${address}`) });
    expect(JSON.parse((await taches('--json')).out)).toMatchObject({ error: 401 });
  });

  it('of an application is made anew by its secret', async () => {
    const { address, seen } = await serve(({ request }) => ({
      body: request.includes('/o/token') ? { access_token: 'm2', expires_in: 60, token_type: 'Bearer', scope: 'read' } : [],
    }));
    await keep(address, { rafraichissement: undefined, expire: '2026-01-01T00:00:00.000Z' });
    await atTerminal(tachesCommand, ['--json'], { environment: environment({ RECONCILE_SECRET: 's' }) });
    expect(seen.at(-1)).toMatchObject({ authorization: 'Bearer m2' });
  });

  it('gives way to a token of the environment', async () => {
    const { address, seen } = await serve(() => ({ body: [] }));
    await keep(address);
    await atTerminal(tachesCommand, ['--json'], { environment: environment({ RECONCILIATION_TOKEN: 'given' }) });
    expect(seen[0]?.authorization).toBe('Bearer given');
  });

  it('leaves the choice to the caller where several are known', async () => {
    await keep('https://un.exemple.ci');
    await keep('https://deux.exemple.ci/production');
    expect(await taches()).toMatchObject({ code: 2, err: expect.stringContaining('https://deux.exemple.ci/production, https://un.exemple.ci') });
  });

  it('that is damaged is none', async () => {
    await keep('https://un.exemple.ci');
    const folder = sessionFolder(environment());
    writeFileSync(join(folder, readdirSync(folder)[0] ?? ''), '{"api":');
    expect(await sessions().apis()).toEqual([]);
  });

  it('ends with logout: revoked there, forgotten here', async () => {
    const { address, seen } = await serve(() => ({ body: { message: 'token revoked' } }));
    await keep(address);
    expect(await atTerminal(logoutCommand, [], { environment: environment() })).toMatchObject({ code: 0, out: `Déconnecté de ${address}.\n` });
    expect([seen[0]?.request, seen[0]?.body]).toEqual(['POST /authentication/token/revoke/', '{"token":"r"}']);
    expect(await sessions().apis()).toEqual([]);
  });
});
