import { setTimeout as delay } from 'node:timers/promises';
import { signInAnswer } from '../../lib/http/schemas/authentication.ts';
import type { FaultCloud } from './fault-cloud.ts';

/** An answer of the API as a caller sees it. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface Question {
  readonly token?: string;
  readonly json?: unknown;
}

export async function call({ cloud }: FaultCloud, method: string, path: string, { token, json }: Question = {}): Promise<Answer> {
  const response = await fetch(`${cloud.api}${path}`, {
    method,
    headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...(json !== undefined && { 'content-type': 'application/json' }) },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, body };
}

const ASKED_AT_MOST = 5;
const PAUSE_MS = 700;

/** What a caller gets who asks again after a server error, as our own client does, and how often they asked. */
export interface Insistence extends Answer {
  readonly asked: number;
}

export async function insist(cloud: FaultCloud, method: string, path: string, question: Question = {}): Promise<Insistence> {
  for (let asked = 1; ; asked += 1) {
    const answer = await call(cloud, method, path, question);
    if (answer.status < 500 || asked === ASKED_AT_MOST) return { ...answer, asked };
    await delay(PAUSE_MS);
  }
}

/** The access token of the local user of a group. */
export async function tokenOf(cloud: FaultCloud, groupe: string): Promise<string> {
  const user = cloud.users.find((one) => one.groupe === groupe);
  const { body } = await call(cloud, 'POST', '/authentication/token/', { json: { username: user?.username, password: user?.password } });
  return signInAnswer.parse(body).token.access_token;
}
