import { type ClientConfiguration, lifetimes, rotates } from './app-client.ts';
import { CognitoError, invalidParameter } from './cognito-error.ts';
import type { Pool } from './pool.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STANDARD_SCOPES = new Set(['phone', 'email', 'openid', 'profile', 'aws.cognito.signin.user.admin']);

/**
 * What Cognito asks of a client's settings.
 * @throws CognitoError InvalidParameterException, InvalidOAuthFlowException, ScopeDoesNotExistException
 */
export function checkConfiguration(pool: Pool, configuration: ClientConfiguration, hasSecret: boolean): void {
  checkLifetimes(configuration);
  if (rotates({ configuration }) && configuration.ExplicitAuthFlows?.includes('ALLOW_REFRESH_TOKEN_AUTH')) {
    throw invalidParameter('ALLOW_REFRESH_TOKEN_AUTH cannot be used with refresh token rotation');
  }
  const flows = configuration.AllowedOAuthFlows ?? [];
  if (flows.includes('client_credentials')) {
    if (flows.length > 1) throw new CognitoError('InvalidOAuthFlowException', 'client_credentials flow can not be selected along with code flow or implicit flow');
    if (!hasSecret) throw new CognitoError('InvalidOAuthFlowException', 'client_credentials flow can not be selected if client does not have a client secret');
  }
  const unknown = (configuration.AllowedOAuthScopes ?? []).find((scope) => !STANDARD_SCOPES.has(scope) && !customScopes(pool).includes(scope));
  if (unknown !== undefined) throw new CognitoError('ScopeDoesNotExistException', `Invalid scope requested: ${unknown}`);
  for (const url of [...(configuration.CallbackURLs ?? []), ...(configuration.LogoutURLs ?? [])]) checkUrl(url);
  const { DefaultRedirectURI: redirect } = configuration;
  if (redirect !== undefined && !configuration.CallbackURLs?.includes(redirect)) throw invalidParameter('DefaultRedirectURI must be one of the CallbackURLs');
}

/** `<resource server>/<scope>` */
export function customScopes({ resourceServers }: Pool): readonly string[] {
  return resourceServers.flatMap(({ identifier, scopes }) => scopes.map(({ name }) => `${identifier}/${name}`));
}

function checkLifetimes(configuration: ClientConfiguration): void {
  const { access, id, refresh } = lifetimes(configuration);
  if (access < 5 * MINUTE || access > DAY) throw invalidParameter('Invalid range for token validity: access tokens last from 5 minutes to 1 day');
  if (id < 5 * MINUTE || id > DAY) throw invalidParameter('Invalid range for token validity: id tokens last from 5 minutes to 1 day');
  if (refresh < HOUR || refresh > 3_650 * DAY) throw invalidParameter('Invalid range for token validity: refresh tokens last from 60 minutes to 3650 days');
}

/** https, http to loopback, or a scheme of an app; never a fragment. */
function checkUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || text.includes('#')) throw invalidParameter(`${text} is not a valid URL`);
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'http:' && !loopback) throw invalidParameter(`${text} cannot use the HTTP protocol`);
}
