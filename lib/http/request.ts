import * as z from 'zod';
import type { Caller } from '../core/user.ts';

/** A request as an endpoint sees it. */
export interface HttpRequest {
  /** Address without query: scheme, host and path as the caller wrote them. */
  readonly url: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** The last value of each parameter. */
  readonly query: Readonly<Record<string, string>>;
  /** `''` where there is none. Media type in lower case, without parameters. */
  readonly mediaType: string;
  readonly contentType: string;
  readonly accept: string;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  /** As the authorizer found it in the access token. Absent where the route asks for no token. */
  readonly caller: Caller | undefined;
}

const texts = z.record(z.string(), z.string().optional()).nullish();

const proxyEvent = z.object({
  path: z.string(),
  headers: texts,
  pathParameters: texts,
  queryStringParameters: texts,
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().optional(),
  requestContext: z.object({
    path: z.string().optional(),
    authorizer: z.object({ username: z.string(), groups: z.string() }).nullish().catch(undefined),
  }),
});

/** Reads an API Gateway proxy event (REST API, payload 1.0). @throws ZodError where it is none */
export function requestOf(event: unknown): HttpRequest {
  const { path, headers, pathParameters, queryStringParameters, body, isBase64Encoded, requestContext } = proxyEvent.parse(event);
  const header = new Map(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value ?? '']));
  const contentType = header.get('content-type') ?? '';
  const scheme = header.get('x-forwarded-proto') ?? 'https';
  return {
    url: `${scheme}://${header.get('host') ?? 'localhost'}${requestContext.path ?? path}`,
    pathParameters: present(pathParameters),
    query: present(queryStringParameters),
    mediaType: (contentType.split(';')[0] ?? '').trim().toLowerCase(),
    contentType,
    accept: header.get('accept') ?? '',
    headers: header,
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
    caller: requestContext.authorizer ? callerOf(requestContext.authorizer) : undefined,
  };
}

function callerOf({ username, groups }: { username: string; groups: string }): Caller {
  return { username, groups: groups.split(',').filter((group) => group !== '') };
}

function present(values: z.infer<typeof texts>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Where the API stands, as the caller reached one of its routes: without a final `/`. A stage or a domain may put something before. */
export function baseAddress({ url }: Pick<HttpRequest, 'url'>, route: `/${string}`): string {
  const address = url.replace(/\/+$/u, '');
  return address.endsWith(route) ? address.slice(0, -route.length) : address;
}
