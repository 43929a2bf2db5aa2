import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import * as z from 'zod';
import { departures, type WireAnswer } from './documented.ts';
import type { StageUnderTest } from './start-stages.ts';

export interface Asked {
  /** Of the path's `{id}`. */
  readonly id?: number | string;
  /** Of the path's `{ligne}`; 1 where absent. */
  readonly ligne?: number | string;
  readonly query?: string;
  readonly token?: string | undefined;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it stands. */
  readonly body?: RequestInit['body'];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that was found to be as documented. */
export interface Given extends WireAnswer {
  /** `undefined` for pages, and where there is none. */
  readonly body: unknown;
}

/** A client that holds every answer to the document and remembers which were given. */
export interface StageClient {
  ask(method: string, path: string, asked?: Asked): Promise<Given>;
  /** `GET /taches/{id} 404` … */
  readonly given: ReadonlySet<string>;
  /** The access token of a user. */
  signIn(username: string): Promise<string>;
  /** A tache once it waits, is done or has failed. */
  finished(id: number, token: string): Promise<string>;
  /** The newest tache of a file, once there is one. */
  tacheOfFile(fileName: string, token: string): Promise<number>;
}

const tokens = z.object({ token: z.object({ access_token: z.string() }) });
const tache = z.object({ etat: z.string() });
const taches = z.array(z.object({ id: z.int() }));

export function stageClient({ api, users }: StageUnderTest): StageClient {
  const given = new Set<string>();
  let asks = 0;

  async function ask(
    method: string,
    path: string,
    { id = '', ligne = 1, query = '', token, json, body = json === undefined ? undefined : JSON.stringify(json), headers }: Asked = {},
  ): Promise<Given> {
    asks += 1;
    // Every other call is spelled as the old system spelled it.
    const address = `${api}${path.replace('{id}', encodeURIComponent(id)).replace('{ligne}', encodeURIComponent(ligne))}${asks % 2 === 0 ? '/' : ''}${query}`;
    const response = await fetch(address, {
      method,
      redirect: 'manual',
      headers: { ...(json !== undefined && { 'content-type': 'application/json' }), ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
      ...(body !== undefined && { body }),
    });
    const answer = { status: response.status, headers: response.headers, text: await response.text() };
    expect(departures(method, path, answer), `${method} ${address}`).toEqual([]);
    given.add(`${method} ${path} ${answer.status}`);
    const parsed: unknown = answer.text === '' || answer.text.startsWith('<') ? undefined : JSON.parse(answer.text);
    return { ...answer, body: parsed };
  }

  return {
    ask,
    given,
    async signIn(username) {
      const password = users.find((user) => user.username === username)?.password;
      return tokens.parse((await ask('POST', '/authentication/token', { json: { username, password } })).body).token.access_token;
    },
    finished: (id, token) =>
      until(`tache ${id} to be done`, async () => {
        const { etat } = tache.parse((await ask('GET', '/taches/{id}', { id, token })).body);
        return ['ATTENTE', 'TERMINEE', 'ECHEC'].includes(etat) ? etat : undefined;
      }),
    tacheOfFile: (fileName, token) =>
      until(`a tache of ${fileName}`, async () => {
        const { body } = await ask('GET', '/taches', { token, query: `?${new URLSearchParams({ fileName__icontains: fileName })}` });
        return taches.parse(body)[0]?.id;
      }),
  };
}

/** Asks again and again until there is an answer. @throws Error where none comes in time */
async function until<Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
  const end = Date.now() + 60_000;
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await delay(150);
  }
}
