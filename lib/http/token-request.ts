import * as z from 'zod';
import { TOKEN_GRANTS } from '../core/application.ts';
import { SCOPES, type Scope } from '../core/tokens.ts';
import type { ClientCredentials } from '../ports.ts';
import { Failure, type TokenRefusal } from '../use-cases/failure.ts';
import type { TokenWish } from '../use-cases/grant-token.ts';
import { readBody } from './body.ts';
import type { HttpRequest } from './request.ts';

type Parameters = ReadonlyMap<string, string>;

/** A request for a token: which application it comes from, and what it wants. */
export interface TokenRequest {
  /** `undefined` where the request does not say. */
  readonly client: ClientCredentials | undefined;
  readonly wish: TokenWish;
}

const LONGEST_CLIENT_ID = 128;

/**
 * Reads a request as RFC 6749 has it: a form, or JSON, with the application in a Basic header or among the parameters.
 * @throws Failure in the terms of RFC 6749, section 5.2
 */
export async function readTokenRequest(request: HttpRequest): Promise<TokenRequest> {
  const parameters = await readParameters(request);
  return { client: clientOf(parameters, request.headers.get('authorization')), wish: wishOf(parameters) };
}

/** A parameter without a value counts as left out; one that comes twice is an error: sections 3.2 and 4. */
async function readParameters(request: HttpRequest): Promise<Parameters> {
  const entries = request.mediaType === 'application/json' ? jsonParameters(await readBody(request)) : [...formParameters(request)];
  const given = entries.filter(([, value]) => value !== '');
  const parameters = new Map(given);
  if (parameters.size < given.length) throw refused('invalid_request', 'Un paramètre est donné plusieurs fois.');
  return parameters;
}

function formParameters({ mediaType, body }: HttpRequest): URLSearchParams {
  if (mediaType !== 'application/x-www-form-urlencoded') throw refused('invalid_request', 'Le corps doit être du type application/x-www-form-urlencoded.');
  return new URLSearchParams(body.toString('utf8'));
}

function jsonParameters(body: unknown): readonly (readonly [string, string])[] {
  const parsed = z.record(z.string(), z.string()).safeParse(body);
  if (!parsed.success) throw refused('invalid_request', 'Un objet JSON dont les valeurs sont des textes est attendu.');
  return Object.entries(parsed.data);
}

/** An application proves itself in one way only: section 2.3. */
function clientOf(parameters: Parameters, authorization: string | undefined): ClientCredentials | undefined {
  const basic = authorization === undefined ? undefined : basicCredentials(authorization);
  const clientId = parameters.get('client_id');
  const secret = parameters.get('client_secret');
  if (basic !== undefined && (secret !== undefined || (clientId !== undefined && clientId !== basic.clientId))) {
    throw refused('invalid_request', "L'application s'authentifie de deux façons à la fois.");
  }
  const client = basic ?? (clientId === undefined ? undefined : { clientId, secret });
  return client !== undefined && client.clientId.length <= LONGEST_CLIENT_ID ? client : undefined;
}

/** `undefined` for a header of another scheme. @throws Failure for a Basic header that cannot be read */
function basicCredentials(header: string): ClientCredentials | undefined {
  const [scheme = '', encoded = ''] = header.trim().split(/ +/u);
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const [, id, secret] = /^([^:]+):(.*)$/su.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  if (id === undefined || secret === undefined) throw new Failure({ code: 'invalid-client', detail: "L'en-tête Authorization: Basic est illisible." });
  return { clientId: formDecoded(id), secret: secret === '' ? undefined : formDecoded(secret) };
}

/** Name and secret are form-encoded before they are put together: section 2.3.1. Those who do not are understood too. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function wishOf(parameters: Parameters): TokenWish {
  const named = required(parameters, 'grant_type');
  const grant = TOKEN_GRANTS.find((known) => known === named);
  const scopes = scopesOf(parameters.get('scope'));
  switch (grant) {
    case 'client_credentials':
      return { grant, scopes };
    case 'password':
      return { grant, username: required(parameters, 'username'), password: required(parameters, 'password') };
    case 'refresh_token':
      return { grant, refreshToken: required(parameters, 'refresh_token') };
    case undefined:
      throw refused('unsupported_grant_type', `Types acceptés ici : ${TOKEN_GRANTS.join(', ')}.`);
    default:
      return grant satisfies never;
  }
}

function scopesOf(text: string | undefined): readonly Scope[] | undefined {
  const named = text?.split(' ').filter((scope) => scope !== '');
  if (named === undefined || named.length === 0) return undefined;
  const scopes = SCOPES.filter((scope) => named.includes(scope));
  if (!named.every((scope) => SCOPES.some((known) => known === scope))) throw refused('invalid_scope', `Portées connues : ${SCOPES.join(' ')}.`);
  return scopes;
}

function required(parameters: Parameters, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) throw refused('invalid_request', `Le paramètre ${name} est obligatoire.`);
  return value;
}

function refused(error: TokenRefusal, detail: string): Failure {
  return new Failure({ code: 'token-refused', error, detail });
}
