import { type HttpRequest, requestOf } from '../../lib/http/request.ts';

/** A request as API Gateway would hand it over, with what a test wants different. */
export function aRequest({
  path = '/v1/o/applications/',
  headers = {},
  query,
  body = '',
}: {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
} = {}): HttpRequest {
  return requestOf({ path, headers: { Host: 'api.example', 'X-Forwarded-Proto': 'https', ...headers }, queryStringParameters: query ?? null, body, requestContext: { path } });
}
