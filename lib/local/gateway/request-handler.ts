import type { AwsIdentity } from '../aws-identity.ts';
import { PAYLOAD_LIMIT_BYTES } from '../lambda/local-function.ts';
import type { LocalLog } from '../local-event.ts';
import { within } from '../time-limit.ts';
import { authorizations } from './authorization.ts';
import { type ClientRequest, headerOf } from './client-request.ts';
import { type GatewayFault, gatewayAnswer } from './gateway-response.ts';
import { type ClientAnswer, clientAnswer } from './proxy-answer.ts';
import { type AuthorizerContext, proxyEvent, type RequestSituation } from './proxy-event.ts';
import type { Integration, RestApi } from './rest-api.ts';
import { type MatchedRoute, matchRoute } from './router.ts';

/** Answers the requests of one API. `body` of the request is absent where it was larger than the gateway reads. */
export type RequestHandler = (request: Omit<ClientRequest, 'body'> & { readonly body: Buffer | undefined }) => Promise<ClientAnswer>;

const TOO_LARGE: GatewayFault = { type: 'REQUEST_TOO_LARGE', message: 'Request Too Long' };
const NO_SUCH_ROUTE: GatewayFault = { type: 'MISSING_AUTHENTICATION_TOKEN', message: 'Missing Authentication Token' };
const NOT_A_PATH: GatewayFault = { type: 'BAD_REQUEST_PARAMETERS', message: 'Bad Request' };
const TIMED_OUT: GatewayFault = { type: 'INTEGRATION_TIMEOUT', message: 'Endpoint request timed out' };
const FUNCTION_FAILED: GatewayFault = { type: 'INTEGRATION_FAILURE', message: 'Internal server error', status: 502 };
const MALFORMED_ANSWER: GatewayFault = { type: 'API_CONFIGURATION_ERROR', message: 'Internal server error', status: 502 };

/** Where the template has no API. */
export const nothingToCall: RequestHandler = async () => ({ status: 404, headers: {}, body: Buffer.from('the template has no API') });

export function requestHandler(api: RestApi, identity: AwsIdentity, log: LocalLog): RequestHandler {
  const authorize = authorizations(log);

  return async ({ body, ...rest }) => {
    const request: ClientRequest = { ...rest, body: body ?? Buffer.alloc(0) };
    const refuse = (fault: GatewayFault, route?: MatchedRoute, authorizer?: AuthorizerContext) =>
      gatewayAnswer(fault, { api, request, resourcePath: route?.resource.path ?? '', authorizer });
    if (body === undefined) return refuse(TOO_LARGE);
    const route = routeOf(api, request);
    if (route === 'malformed') return refuse(NOT_A_PATH);
    if (route === undefined) return refuse(NO_SUCH_ROUTE);
    const { integration, authorizer } = route.method;
    if (integration.kind === 'mock') return { status: integration.status, headers: integration.headers, body: Buffer.from(integration.body) };

    const situation: RequestSituation = { api, identity, request, route };
    const authorization = authorizer && (await authorize(authorizer, situation));
    if (authorization?.granted === false) return refuse(authorization.fault, route);
    const event = proxyEvent(situation, authorization?.context);
    const answer = Buffer.byteLength(event) > PAYLOAD_LIMIT_BYTES ? TOO_LARGE : await integrate(integration, event, situation, log);
    return 'status' in answer && 'body' in answer ? answer : refuse(answer, route, authorization?.context);
  };
}

function routeOf(api: RestApi, { httpMethod, path }: ClientRequest): MatchedRoute | 'malformed' | undefined {
  try {
    return matchRoute(api.root, httpMethod, path);
  } catch (error) {
    if (error instanceof URIError) return 'malformed';
    throw error;
  }
}

async function integrate(
  { target, timeoutMs }: Extract<Integration, { kind: 'function' }>,
  event: string,
  { api, request }: RequestSituation,
  log: LocalLog,
): Promise<ClientAnswer | GatewayFault> {
  const result = await within(timeoutMs, target.invoke(event));
  // The function runs on: API Gateway only stops waiting.
  if (result === undefined) return TIMED_OUT;
  if (!result.ok) return FUNCTION_FAILED;
  const answer = clientAnswer(result.payload, headerOf(request, 'accept'), api.binaryMediaTypes);
  if (answer === undefined) log({ kind: 'fault', source: target.settings.name, message: `Malformed Lambda proxy response: ${result.payload.slice(0, 200)}` });
  return answer ?? MALFORMED_ANSWER;
}
