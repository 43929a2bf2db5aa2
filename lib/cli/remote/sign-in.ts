import type * as z from 'zod';
import { signInAnswer, tokenAnswer } from '../../http/schemas/authentication.ts';
import { grantAnswer } from '../../http/token-answer.ts';
import { failureOf, strangeAnswer } from './failure-text.ts';
import { type RemoteAnswer, remoteCall } from './remote-call.ts';
import type { SavedSession } from './saved-sessions.ts';

/** A token is renewed some seconds before it ends: it must still be good on its arrival. */
const EARLY_MS = 30_000;

export interface SignIn {
  readonly api: string;
  readonly utilisateur: string;
  readonly motDePasse: string;
  /** What whoever was invited chooses at their first sign-in. */
  readonly nouveau?: string | undefined;
}

/** @throws RemoteError with the API's text where name and password do not fit */
export async function signInByPassword({ api, utilisateur, motDePasse, nouveau }: SignIn, interrupted: AbortSignal): Promise<SavedSession> {
  const body = { username: utilisateur, password: motDePasse, ...(nouveau !== undefined && { new_password: nouveau }) };
  const { token } = parsed(api, signInAnswer, await postJson(`${api}/authentication/token/`, body, interrupted));
  return sessionOf(api, utilisateur, token.access_token, token.expires_in, token.refresh_token);
}

/** An application signs in for itself. @throws RemoteError where the API does not know it, or its secret is another */
export async function signInAsApplication(api: string, clientId: string, secret: string, interrupted: AbortSignal): Promise<SavedSession> {
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64');
  const answer = await remoteCall(
    `${api}/o/token/`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${basic}` },
      body: String(new URLSearchParams({ grant_type: 'client_credentials' })),
    },
    interrupted,
  );
  const token = parsed(api, grantAnswer, answer);
  return sessionOf(api, clientId, token.access_token, token.expires_in, undefined);
}

/** The session with new tokens; `undefined` where the API takes the refresh token no more. */
export async function renewed(session: SavedSession, interrupted: AbortSignal): Promise<SavedSession | undefined> {
  const { api, utilisateur, rafraichissement } = session;
  if (rafraichissement === undefined) return undefined;
  const answer = await postJson(`${api}/authentication/token/refresh/`, { refresh_token: rafraichissement }, interrupted);
  if (answer.status === 400) return undefined;
  const token = parsed(api, tokenAnswer, answer);
  return sessionOf(api, utilisateur, token.access_token, token.expires_in, token.refresh_token);
}

/** Ends the sign-in that a session came of, with all its tokens. */
export async function revoke({ api, jeton, rafraichissement }: SavedSession, interrupted: AbortSignal): Promise<void> {
  const answer = await postJson(`${api}/authentication/token/revoke/`, { token: rafraichissement ?? jeton }, interrupted);
  if (answer.status !== 200) throw failureOf(api, answer);
}

export function isOver({ expire }: SavedSession, now: number): boolean {
  return Date.parse(expire) - EARLY_MS <= now;
}

function sessionOf(api: string, utilisateur: string, jeton: string, seconds: number, rafraichissement: string | undefined): SavedSession {
  const expire = new Date(Date.now() + seconds * 1_000).toISOString();
  return { api, utilisateur, jeton, expire, ...(rafraichissement !== undefined && { rafraichissement }) };
}

function postJson(address: string, body: object, interrupted: AbortSignal): Promise<RemoteAnswer> {
  return remoteCall(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }, interrupted);
}

function parsed<Value>(api: string, schema: z.ZodType<Value>, answer: RemoteAnswer): Value {
  if (answer.status !== 200) throw failureOf(api, answer);
  const result = schema.safeParse(answer.body);
  if (!result.success) throw strangeAnswer(api);
  return result.data;
}
