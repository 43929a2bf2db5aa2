import { type AppClient, lifetimes } from './app-client.ts';
import { customScopes } from './client-rules.ts';
import { CognitoError } from './cognito-error.ts';
import { type Directory, poolOf } from './directory.ts';
import { isSecretOf } from './secret-hash.ts';
import { refresh, revoke } from './sessions.ts';
import { machineToken } from './tokens.ts';

/** A refusal in the words of RFC 6749. */
export class OAuthError extends Error {
  readonly code: 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unauthorized_client' | 'unsupported_grant_type' | 'invalid_scope' | 'unsupported_token_type';
  readonly status: number;

  constructor(code: OAuthError['code'], status = 400) {
    super(code);
    this.code = code;
    this.status = status;
  }
}

/** A form that was posted, and the `Authorization` header that came with it. */
export interface OAuthRequest {
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
}

/** POST /oauth2/token. @throws OAuthError */
export async function issueToken(directory: Directory, request: OAuthRequest): Promise<object> {
  const client = authenticated(directory, request, 400);
  switch (request.form.get('grant_type')) {
    case 'client_credentials':
      return clientCredentials(directory, client, request.form.get('scope') ?? '');
    case 'refresh_token':
      return refreshed(directory, client, request.form.get('refresh_token') ?? '');
    case null:
    case '':
      throw new OAuthError('invalid_request');
    default:
      throw new OAuthError('unsupported_grant_type');
  }
}

/** POST /oauth2/revoke. A token that is not known is as good as revoked, says RFC 7009. @throws OAuthError */
export function revokeToken(directory: Directory, request: OAuthRequest): void {
  const client = authenticated(directory, request, 401);
  const token = request.form.get('token');
  if (token === null || token === '') throw new OAuthError('invalid_request');
  try {
    revoke(directory, client, token);
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    if (error.type === 'UnsupportedTokenTypeException') throw new OAuthError('unsupported_token_type');
    if (error.type === 'UnsupportedOperationException' || error.type === 'UnauthorizedException') throw new OAuthError('invalid_request');
  }
}

async function clientCredentials(directory: Directory, client: AppClient, wanted: string): Promise<object> {
  const { AllowedOAuthFlows: flows = [], AllowedOAuthFlowsUserPoolClient: enabled = false, AllowedOAuthScopes: allowed = [] } = client.configuration;
  if (!enabled || !flows.includes('client_credentials')) throw new OAuthError('unauthorized_client');
  const pool = poolOf(directory, client.poolId);
  const custom = customScopes(pool).filter((scope) => allowed.includes(scope));
  const scopes = wanted === '' ? custom : wanted.split(' ').filter((scope) => scope !== '');
  if (scopes.length === 0 || !scopes.every((scope) => custom.includes(scope))) throw new OAuthError('invalid_scope');
  return { access_token: await machineToken(directory, pool, client, scopes), expires_in: lifetimes(client.configuration).access, token_type: 'Bearer' };
}

async function refreshed(directory: Directory, client: AppClient, token: string): Promise<object> {
  if (token === '') throw new OAuthError('invalid_request');
  try {
    const { AccessToken, IdToken, ExpiresIn, TokenType, RefreshToken } = await refresh(directory, client, token);
    return { id_token: IdToken, access_token: AccessToken, ...(RefreshToken === undefined ? {} : { refresh_token: RefreshToken }), expires_in: ExpiresIn, token_type: TokenType };
  } catch (error) {
    throw error instanceof CognitoError ? new OAuthError('invalid_grant') : error;
  }
}

/** By the Basic header or by the form; not by both. */
function authenticated(directory: Directory, { form, authorization }: OAuthRequest, status: number): AppClient {
  const basic = authorization === undefined ? undefined : basicCredentials(authorization);
  if (authorization !== undefined && basic === undefined) throw new OAuthError('invalid_client', status);
  const formId = form.get('client_id');
  if (basic !== undefined && formId !== null && formId !== basic.id) throw new OAuthError('invalid_client', status);
  const id = basic?.id ?? formId;
  if (id === null || id === '') throw new OAuthError('invalid_request');
  const client = directory.clients.find(id);
  if (client === undefined || !isSecretOf(client, basic?.secret ?? form.get('client_secret') ?? undefined)) throw new OAuthError('invalid_client', status);
  return client;
}

function basicCredentials(header: string): { readonly id: string; readonly secret: string } | undefined {
  const encoded = /^Basic\s+([A-Za-z0-9+/]+=*)$/i.exec(header)?.[1];
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}
