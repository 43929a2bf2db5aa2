import type * as z from 'zod';
import { chosenApi } from './api-address.ts';
import { failureOf, strangeAnswer } from './failure-text.ts';
import { type RemoteAnswer, type RemoteRequest, remoteCall } from './remote-call.ts';
import { type SavedSession, savedSessions, sessionFolder } from './saved-sessions.ts';
import { isOver, renewed, signInAsApplication } from './sign-in.ts';
import type { Terminal } from './terminal.ts';

/** A deployed API as the commands use it, signed in as whoever is. */
export interface RemoteApi {
  readonly address: string;
  /** The answer, whatever its status. `path` may be a whole address of this API: that of a next page. */
  ask(path: string, request?: RemoteRequest): Promise<RemoteAnswer>;
  /** An answer that must succeed: its body as it came, and as the schema knows it. @throws RemoteError */
  read<Value>(path: string, schema: z.ZodType<Value>): Promise<Read<Value>>;
}

export interface Read<Value> {
  readonly value: Value;
  /** The body as it came: `--json` shows what a newer API may know beyond the schema. */
  readonly body: unknown;
  /** The path of the next page, where there is one. */
  readonly next: string | undefined;
}

/** The API that a command is for. Where nobody is signed in, it asks without a token: a stage may be open to be read. @throws UsageError */
export async function remoteApi(named: string | undefined, terminal: Pick<Terminal, 'environment' | 'interrupted'>): Promise<RemoteApi> {
  const sessions = savedSessions(sessionFolder(terminal.environment));
  const address = await chosenApi(named, terminal.environment, sessions);
  const tokens = tokensOf(address, terminal);
  const ask: RemoteApi['ask'] = async (path, request = { method: 'GET' }) => {
    const call = (token: string | undefined) => remoteCall(addressOf(address, path), withToken(request, token), terminal.interrupted);
    const answer = await call(await tokens.current());
    if (answer.status !== 401) return answer;
    const token = await tokens.anew();
    return token === undefined ? answer : call(token);
  };
  return {
    address,
    ask,
    async read(path, schema) {
      const answer = await ask(path);
      if (answer.status < 200 || answer.status > 299) throw failureOf(address, answer);
      return { value: checkedAnswer(address, schema, answer), body: answer.body, next: /<([^>]+)>; rel="next"/u.exec(answer.headers.get('link') ?? '')?.[1] };
    },
  };
}

/** What the schema knows of an answer. @throws RemoteError where it is something else */
export function checkedAnswer<Value>(address: string, schema: z.ZodType<Value>, { body }: RemoteAnswer): Value {
  const result = schema.safeParse(body);
  if (!result.success) throw strangeAnswer(address);
  return result.data;
}

/** A next page lies at the same API, whatever its link says: behind a proxy that may be another address. */
function addressOf(api: string, path: string): string {
  if (path.startsWith('/')) return `${api}${path}`;
  const { pathname, search } = new URL(path);
  const base = new URL(api).pathname.replace(/\/+$/u, '');
  return `${api}${pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : pathname}${search}`;
}

function withToken({ headers, ...request }: RemoteRequest, token: string | undefined): RemoteRequest {
  return { ...request, headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) } };
}

interface Tokens {
  readonly current: () => Promise<string | undefined>;
  /** Another than the last, where there is a way to one. */
  readonly anew: () => Promise<string | undefined>;
}

/** The token of the environment, as machines give it; otherwise that of the saved session, renewed when it ends. */
function tokensOf(api: string, { environment, interrupted }: Pick<Terminal, 'environment' | 'interrupted'>): Tokens {
  const given = environment['RECONCILIATION_TOKEN'];
  if (given !== undefined && given !== '') return { current: async () => given, anew: async () => undefined };
  const sessions = savedSessions(sessionFolder(environment));
  let last: string | undefined;
  const anew = async () => {
    const saved = await sessions.of(api);
    if (saved === undefined) return undefined;
    // Another command of the same person has renewed it meanwhile.
    if (saved.jeton !== last && !isOver(saved, Date.now())) return taken(saved);
    const session = (await renewed(saved, interrupted)) ?? (await applicationAgain(saved, environment, interrupted));
    if (session === undefined) return undefined;
    await sessions.keep(session);
    return taken(session);
  };
  const taken = ({ jeton }: SavedSession) => {
    last = jeton;
    return jeton;
  };
  return {
    async current() {
      const saved = await sessions.of(api);
      if (saved === undefined) return undefined;
      last = saved.jeton;
      return isOver(saved, Date.now()) ? ((await anew()) ?? saved.jeton) : saved.jeton;
    },
    anew,
  };
}

async function applicationAgain(
  { api, utilisateur, rafraichissement }: SavedSession,
  environment: Terminal['environment'],
  interrupted: AbortSignal,
): Promise<SavedSession | undefined> {
  const secret = environment['RECONCILE_SECRET'];
  return secret === undefined || secret === '' || rafraichissement !== undefined ? undefined : signInAsApplication(api, utilisateur, secret, interrupted);
}
