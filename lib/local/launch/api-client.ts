import * as z from 'zod';
import { signInAnswer } from '../../http/schemas/authentication.ts';
import { importAnswer } from '../../http/schemas/ledger-import.ts';
import { listedTache, singleTache } from '../../http/schemas/tache.ts';
import type { LocalUser } from './local-users.ts';

export type SingleTache = z.infer<typeof singleTache>;

/** The calls that the samples make, as any client would make them. */
export interface ApiClient {
  importTransactions(transactions: readonly object[]): Promise<z.infer<typeof importAnswer>>;
  /** The new tache's id; `undefined` where that file was processed before. */
  submit(body: object): Promise<number | undefined>;
  tache(id: number): Promise<SingleTache>;
  /** The newest tache of a file. */
  tacheOfFile(operatorCode: string, fileName: string): Promise<number | undefined>;
}

const acknowledged = z.object({ details: z.object({ id: z.int() }) });

/** @throws Error naming method, path, status and body where an answer is not what it should be */
export async function signedInClient(api: string, { username, password }: LocalUser): Promise<ApiClient> {
  const signedIn = signInAnswer.parse(await ask(api, 'POST', '/authentication/token/', { username, password }));
  const token = signedIn.token.access_token;
  return {
    importTransactions: async (transactions) => importAnswer.parse(await ask(api, 'POST', '/cinetpay/', transactions, token)),
    async submit(body) {
      const response = await send(api, 'POST', '/reconciliation/', body, token);
      if (response.status === 406 && response.text.includes('"existance"')) return undefined;
      return acknowledged.parse(jsonOf(response)).details.id;
    },
    tache: async (id) => singleTache.parse(await ask(api, 'GET', `/taches/${id}`, undefined, token)),
    async tacheOfFile(operateur, fileName__icontains) {
      const taches = z.array(listedTache).parse(await ask(api, 'GET', `/taches/?${new URLSearchParams({ operateur, fileName__icontains, limit: '1' })}`, undefined, token));
      return taches[0]?.id;
    },
  };
}

interface Answer {
  readonly request: string;
  readonly status: number;
  readonly text: string;
}

async function ask(api: string, method: string, path: string, body?: object, token?: string): Promise<unknown> {
  return jsonOf(await send(api, method, path, body, token));
}

async function send(api: string, method: string, path: string, body?: object, token?: string): Promise<Answer> {
  const response = await fetch(`${api}${path}`, {
    method,
    headers: { ...(body && { 'content-type': 'application/json' }), ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { request: `${method} ${path}`, status: response.status, text: await response.text() };
}

function jsonOf({ request, status, text }: Answer): unknown {
  if (status >= 300) throw new Error(`${request} answered ${status}: ${text}`);
  const value: unknown = JSON.parse(text);
  return value;
}
