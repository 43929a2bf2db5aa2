import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { signInAnswer } from '../../lib/http/schemas/authentication.ts';
import type { FaultCloud } from './fault-cloud.ts';

/** An answer of the API as a caller sees it. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly type: string | null;
}

export interface Question {
  readonly token?: string;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
}

export async function call({ cloud }: FaultCloud, method: string, path: string, { token, json, form }: Question = {}): Promise<Answer> {
  const response = await fetch(`${cloud.api}${path}`, {
    method,
    headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...(json !== undefined && { 'content-type': 'application/json' }) },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...(form !== undefined && { body: new URLSearchParams(form) }),
  });
  const text = await response.text();
  const type = response.headers.get('content-type');
  const body: unknown = text === '' ? undefined : type?.includes('json') === true ? JSON.parse(text) : text;
  return { status: response.status, body, type };
}

const ASKED_AT_MOST = 5;
const PAUSE_MS = 700;

/** What a caller gets who asks again after a server error, as our own client does, and how often they asked. */
export interface Insistence extends Answer {
  readonly asked: number;
  /** Server errors on the way that are not what the API says they are: a problem of RFC 9457, in French. */
  readonly undocumented: readonly string[];
}

const problem = z.object({ status: z.int().min(500), title: z.string().min(1), detail: z.string().regex(/[àâçéèêîôùûœ]/u) });

export async function insist(cloud: FaultCloud, method: string, path: string, question: Question = {}): Promise<Insistence> {
  const undocumented: string[] = [];
  for (let asked = 1; ; asked += 1) {
    const answer = await call(cloud, method, path, question);
    if (answer.status < 500 || asked === ASKED_AT_MOST) return { ...answer, asked, undocumented };
    if (answer.type?.startsWith('application/problem+json') !== true || !isProblem(answer)) undocumented.push(JSON.stringify(answer));
    await delay(PAUSE_MS);
  }
}

function isProblem({ status, body }: Answer): boolean {
  const found = problem.safeParse(body);
  // Where the gateway itself answers, a status may be left out.
  return found.success ? found.data.status === status : problem.partial({ status: true }).safeParse(body).success;
}

/** The access token of the local user of a group. */
export async function tokenOf(cloud: FaultCloud, groupe: string): Promise<string> {
  const user = cloud.users.find((one) => one.groupe === groupe);
  const { body } = await call(cloud, 'POST', '/authentication/token/', { json: { username: user?.username, password: user?.password } });
  return signInAnswer.parse(body).token.access_token;
}
