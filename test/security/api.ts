import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { signInAnswer } from '../../lib/http/schemas/authentication.ts';
import { listedTache, singleTache } from '../../lib/http/schemas/tache.ts';
import type { ClosedCloud } from './closed-cloud.ts';

/** An answer of the API as a test looks at it. `body` is the parsed JSON, or the text of a page. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** The API as one caller sees it. */
export interface Api {
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  finishedTache(id: number): Promise<z.infer<typeof singleTache>>;
  tacheOfFile(fileName: string): Promise<number>;
}

const FINISHED = new Set(['ATTENTE', 'TERMINEE', 'ECHEC']);

/** @param token of the caller; nobody where absent */
export function apiOf({ cloud }: Pick<ClosedCloud, 'cloud'>, token?: string): Api {
  const call: Api['call'] = async (method, path, body, headers = {}) => {
    const text = body === undefined || typeof body === 'string' || body instanceof FormData || body instanceof URLSearchParams ? body : JSON.stringify(body);
    const json = typeof body === 'object' && text !== body ? { 'content-type': 'application/json' } : {};
    const response = await fetch(`${cloud.api}${path}`, {
      method,
      headers: { ...json, ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
      ...(text !== undefined && { body: text }),
    });
    const answer = await response.text();
    const parsed: unknown = answer !== '' && response.headers.get('content-type')?.includes('json') === true ? JSON.parse(answer) : answer;
    return { status: response.status, headers: response.headers, body: parsed };
  };
  return {
    call,
    finishedTache: (id) =>
      until(`tache ${id} to finish`, async () => {
        const tache = singleTache.parse((await call('GET', `/taches/${id}`)).body);
        return FINISHED.has(tache.etat) ? tache : undefined;
      }),
    tacheOfFile: (fileName) =>
      until(
        `a tache of ${fileName}`,
        async () => z.array(listedTache).parse((await call('GET', `/taches/?${new URLSearchParams({ fileName__icontains: fileName })}`)).body)[0]?.id,
      ),
  };
}

export async function signIn(closed: Pick<ClosedCloud, 'cloud'>, username: string, password: string): Promise<z.infer<typeof signInAnswer>['token']> {
  return signInAnswer.parse((await apiOf(closed).call('POST', '/authentication/token/', { username, password })).body).token;
}

/** The access token of the local user of a group. */
export async function tokenOf(closed: ClosedCloud, groupe: string): Promise<string> {
  const user = closed.users.find((one) => one.groupe === groupe);
  return (await signIn(closed, user?.username ?? '', user?.password ?? '')).access_token;
}

/** Asks again and again until there is an answer. @throws Error where none comes in time */
export async function until<Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
  const end = Date.now() + 60_000;
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await delay(100);
  }
}
