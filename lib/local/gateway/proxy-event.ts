import type { AwsIdentity } from '../aws-identity.ts';
import { type ClientRequest, headerOf } from './client-request.ts';
import { isBinaryType } from './media-type.ts';
import type { RestApi } from './rest-api.ts';
import type { MatchedRoute } from './router.ts';

/** What every event of one request has in common. */
export interface RequestSituation {
  readonly api: RestApi;
  readonly identity: AwsIdentity;
  readonly request: ClientRequest;
  readonly route: MatchedRoute;
}

/** Values that a Lambda authorizer passed on; absent where the method has none. */
export type AuthorizerContext = Readonly<Record<string, string>>;

/** The event of a Lambda proxy integration, format 1.0, as JSON. */
export function proxyEvent(situation: RequestSituation, authorizer: AuthorizerContext | undefined): string {
  const { api, request } = situation;
  const binary = isBinaryType(headerOf(request, 'content-type'), api.binaryMediaTypes);
  const hasBody = request.body.length > 0;
  return JSON.stringify({
    ...requestFields(situation),
    requestContext: { ...requestContext(situation), ...(authorizer === undefined ? {} : { authorizer }) },
    body: hasBody ? request.body.toString(binary ? 'base64' : 'utf8') : null,
    isBase64Encoded: hasBody && binary,
  });
}

/** The parts that the events of a proxy integration and of a request authorizer share. */
export function requestFields({ api, request, route }: RequestSituation): object {
  const names = [...new Set(request.query.keys())];
  return {
    resource: route.resource.path,
    path: request.path,
    httpMethod: request.httpMethod,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, values]) => [name, values.at(-1)])),
    multiValueHeaders: request.headers,
    queryStringParameters: names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, request.query.getAll(name).at(-1)])),
    multiValueQueryStringParameters: names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, request.query.getAll(name)])),
    pathParameters: Object.keys(route.pathParameters).length === 0 ? null : route.pathParameters,
    stageVariables: api.stageVariables ?? null,
  };
}

export function requestContext({ api, identity, request, route }: RequestSituation): object {
  const domainName = headerOf(request, 'host') ?? '';
  return {
    accountId: identity.account,
    apiId: api.id,
    domainName,
    domainPrefix: domainName.split('.')[0],
    extendedRequestId: request.requestId,
    httpMethod: request.httpMethod,
    identity: { sourceIp: request.sourceIp, userAgent: headerOf(request, 'user-agent') ?? null },
    // The API answers at the root here, as behind a custom domain: there the path of the context has no stage.
    path: request.path,
    protocol: 'HTTP/1.1',
    requestId: request.requestId,
    requestTime: commonLogTime(request.receivedAt),
    requestTimeEpoch: request.receivedAt.getTime(),
    resourceId: route.resource.id,
    resourcePath: route.resource.path,
    stage: api.stage,
  };
}

/** The ARN that policies of authorizers speak about. */
export function methodArn({ api, identity, request }: RequestSituation): string {
  const { partition, region, account } = identity;
  return `arn:${partition}:execute-api:${region}:${account}:${api.id}/${api.stage}/${request.httpMethod}${request.path}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

function commonLogTime(moment: Date): string {
  const day = String(moment.getUTCDate()).padStart(2, '0');
  return `${day}/${MONTHS[moment.getUTCMonth()]}/${moment.getUTCFullYear()}:${moment.toISOString().slice(11, 19)} +0000`;
}
