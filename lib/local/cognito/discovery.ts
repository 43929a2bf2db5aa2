import { type Directory, issuerOf } from './directory.ts';
import { publicKeys } from './tokens.ts';

/** What `GET /<pool>/.well-known/…` answers; `undefined` where there is nothing. */
export function discoveryDocument(directory: Directory, url: string, path: string): object | undefined {
  const [, poolId = '', document] = /^\/([\w-]+)\/\.well-known\/(jwks\.json|openid-configuration)$/.exec(path) ?? [];
  const pool = directory.pools.get(poolId, poolId);
  if (pool === undefined || document === undefined) return undefined;
  if (document === 'jwks.json') return publicKeys(pool);
  const issuer = issuerOf(directory, pool.id);
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    token_endpoint: `${url}/oauth2/token`,
    revocation_endpoint: `${url}/oauth2/revoke`,
    id_token_signing_alg_values_supported: ['RS256'],
    subject_types_supported: ['public'],
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
}
