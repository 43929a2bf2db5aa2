import type { ClientRequest } from './client-request.ts';
import { headerOf } from './client-request.ts';
import type { ClientAnswer } from './proxy-answer.ts';
import { GATEWAY_RESPONSE_STATUS, type GatewayResponseSettings, type GatewayResponseType, type RestApi } from './rest-api.ts';

/** Something that the gateway itself has to say. */
export interface GatewayFault {
  readonly type: GatewayResponseType;
  readonly message: string | undefined;
  /** Where the gateway's own status differs from the one its type documents. */
  readonly status?: number;
}

/** Values that templates can use beyond the fault itself. */
export interface FaultSituation {
  readonly api: RestApi;
  readonly request: ClientRequest;
  readonly resourcePath: string;
  readonly authorizer: Readonly<Record<string, string>> | undefined;
}

const DEFAULT_TEMPLATES = { 'application/json': '{"message":$context.error.messageString}' } as const;

const ERROR_TYPES: Partial<Record<GatewayResponseType, string>> = {
  ACCESS_DENIED: 'AccessDeniedException',
  AUTHORIZER_CONFIGURATION_ERROR: 'AuthorizerConfigurationException',
  AUTHORIZER_FAILURE: 'AuthorizerConfigurationException',
  BAD_REQUEST_PARAMETERS: 'BadRequestException',
  MISSING_AUTHENTICATION_TOKEN: 'MissingAuthenticationTokenException',
  REQUEST_TOO_LARGE: 'RequestTooLargeException',
  UNAUTHORIZED: 'UnauthorizedException',
};

/** The answer to a fault: what the API says about its type, else about all faults of its class, else the gateway's own. */
export function gatewayAnswer(fault: GatewayFault, situation: FaultSituation): ClientAnswer {
  const documented = fault.status ?? GATEWAY_RESPONSE_STATUS[fault.type] ?? 500;
  const responses = situation.api.gatewayResponses;
  const settings = responses.get(fault.type) ?? responses.get(documented < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const [contentType, template] = chosenTemplate(settings, headerOf(situation.request, 'accept'));
  const headers = Object.entries(settings?.headers ?? {}).map(([name, expression]) => [name, mapped(expression, situation)] as const);
  return {
    status: settings?.status ?? documented,
    headers: { 'Content-Type': contentType, 'x-amzn-ErrorType': ERROR_TYPES[fault.type] ?? 'InternalServerErrorException', ...Object.fromEntries(headers) },
    body: Buffer.from(rendered(template, fault, situation)),
  };
}

function chosenTemplate(settings: GatewayResponseSettings | undefined, accept: string | undefined): readonly [string, string] {
  const own = settings?.templates ?? {};
  const templates: Readonly<Record<string, string>> = Object.keys(own).length === 0 ? DEFAULT_TEMPLATES : own;
  const wanted = accept?.split(',')[0]?.split(';')[0]?.trim() ?? '';
  const type = [wanted, 'application/json', ...Object.keys(templates)].find((candidate) => candidate in templates) ?? '';
  return [type, templates[type] ?? ''];
}

const VARIABLE = /\$(context\.[A-Za-z.]+[A-Za-z]|stageVariables\.\w+)/g;

function rendered(template: string, fault: GatewayFault, situation: FaultSituation): string {
  return template.replace(VARIABLE, (_, name: string) => {
    if (name === 'context.error.messageString') return fault.message === undefined ? 'null' : JSON.stringify(fault.message);
    if (name === 'context.error.message') return fault.message ?? '';
    if (name === 'context.error.responseType') return fault.type;
    return contextValue(name, situation) ?? '';
  });
}

function mapped(expression: string, situation: FaultSituation): string {
  const literal = /^'(.*)'$/s.exec(expression);
  if (literal?.[1] !== undefined) return literal[1];
  const parameter = /^method\.request\.(header|querystring)\.(.+)$/.exec(expression);
  const [, place, name = ''] = parameter ?? [];
  if (place === 'header') return headerOf(situation.request, name) ?? '';
  if (place === 'querystring') return situation.request.query.get(name) ?? '';
  return contextValue(expression, situation) ?? '';
}

function contextValue(name: string, { api, request, resourcePath, authorizer }: FaultSituation): string | undefined {
  const known: Readonly<Record<string, string>> = {
    'context.requestId': request.requestId,
    'context.extendedRequestId': request.requestId,
    'context.path': `/${api.stage}${request.path}`,
    'context.httpMethod': request.httpMethod,
    'context.stage': api.stage,
    'context.resourcePath': resourcePath,
    'context.apiId': api.id,
    'context.identity.sourceIp': request.sourceIp,
  };
  if (name.startsWith('stageVariables.')) return api.stageVariables?.[name.slice('stageVariables.'.length)];
  if (name.startsWith('context.authorizer.')) return authorizer?.[name.slice('context.authorizer.'.length)];
  return known[name];
}

/** Variables of a template that would come out empty here. */
export function unknownVariables(template: string): readonly string[] {
  const known =
    /^(context\.(error\.(messageString|message|responseType)|requestId|extendedRequestId|path|httpMethod|stage|resourcePath|apiId|identity\.sourceIp|authorizer\..+)|stageVariables\..+)$/;
  return [...template.matchAll(VARIABLE)].map(([, name = '']) => name).filter((name) => !known.test(name));
}
