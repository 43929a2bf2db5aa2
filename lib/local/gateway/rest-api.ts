import type { LocalFunction } from '../lambda/local-function.ts';

/** A REST API as its template describes it, ready to answer. */
export interface RestApi {
  readonly id: string;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>> | undefined;
  readonly binaryMediaTypes: readonly string[];
  readonly root: ApiResource;
  readonly gatewayResponses: ReadonlyMap<GatewayResponseType, GatewayResponseSettings>;
}

export interface ApiResource {
  readonly id: string;
  /** As declared: `/taches/{id}`. */
  readonly path: string;
  readonly children: ReadonlyMap<string, ApiResource>;
  /** By HTTP method, `ANY` included. */
  readonly methods: ReadonlyMap<string, ApiMethod>;
}

export interface ApiMethod {
  readonly authorizer: ApiAuthorizer | undefined;
  readonly integration: Integration;
}

export type Integration =
  | { readonly kind: 'function'; readonly target: LocalFunction; readonly timeoutMs: number }
  /** A fixed answer, as CORS preflights have. */
  | { readonly kind: 'mock'; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };

export interface ApiAuthorizer {
  readonly id: string;
  readonly kind: 'TOKEN' | 'REQUEST';
  readonly target: LocalFunction;
  readonly identitySources: readonly IdentitySource[];
  readonly validation: RegExp | undefined;
  readonly ttlSeconds: number;
}

export interface IdentitySource {
  readonly place: 'header' | 'querystring';
  readonly name: string;
}

/** The answers that API Gateway gives by itself and lets an API change, with their statuses. */
export const GATEWAY_RESPONSE_STATUS = {
  ACCESS_DENIED: 403,
  API_CONFIGURATION_ERROR: 500,
  AUTHORIZER_CONFIGURATION_ERROR: 500,
  AUTHORIZER_FAILURE: 500,
  BAD_REQUEST_BODY: 400,
  BAD_REQUEST_PARAMETERS: 400,
  DEFAULT_4XX: undefined,
  DEFAULT_5XX: undefined,
  EXPIRED_TOKEN: 403,
  INTEGRATION_FAILURE: 504,
  INTEGRATION_TIMEOUT: 504,
  INVALID_API_KEY: 403,
  INVALID_SIGNATURE: 403,
  MISSING_AUTHENTICATION_TOKEN: 403,
  QUOTA_EXCEEDED: 429,
  REQUEST_TOO_LARGE: 413,
  RESOURCE_NOT_FOUND: 404,
  THROTTLED: 429,
  UNAUTHORIZED: 401,
  UNSUPPORTED_MEDIA_TYPE: 415,
  WAF_FILTERED: 403,
} as const;

export type GatewayResponseType = keyof typeof GATEWAY_RESPONSE_STATUS;

export interface GatewayResponseSettings {
  readonly status: number | undefined;
  /** Header name → mapping expression. */
  readonly headers: Readonly<Record<string, string>>;
  /** Content type → template. */
  readonly templates: Readonly<Record<string, string>>;
}
