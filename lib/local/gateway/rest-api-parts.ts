import type { ApiAuthorizer, ApiMethod, ApiResource, GatewayResponseSettings, GatewayResponseType, RestApi } from './rest-api.ts';

/** The pieces of a REST API, as its resources are made one after the other. */
export interface RestApiParts {
  api: { readonly id: string; readonly binaryMediaTypes: readonly string[] } | undefined;
  stage: { readonly name: string; readonly variables: Readonly<Record<string, string>> | undefined } | undefined;
  readonly resources: Map<string, { readonly parentId: string; readonly pathPart: string }>;
  /** `authorizerId` is resolved when everything is known. */
  readonly methods: { readonly resourceId: string; readonly httpMethod: string; readonly authorizerId: string | undefined; readonly integration: ApiMethod['integration'] }[];
  readonly authorizers: Map<string, ApiAuthorizer>;
  readonly gatewayResponses: Map<GatewayResponseType, GatewayResponseSettings>;
}

export function noRestApi(): RestApiParts {
  return { api: undefined, stage: undefined, resources: new Map(), methods: [], authorizers: new Map(), gatewayResponses: new Map() };
}

export function rootResourceId(apiId: string): string {
  return `${apiId}root`;
}

/**
 * Puts the pieces together; `undefined` if the template has no API.
 * @throws Error for an API without a stage, or a method that points to nothing.
 */
export function assembleRestApi({ api, stage, resources, methods, authorizers, gatewayResponses }: RestApiParts): RestApi | undefined {
  if (api === undefined) return undefined;
  if (stage === undefined) throw new Error('the REST API has no stage: nothing of it would be reachable');

  const authorizerOf = (id: string | undefined): ApiAuthorizer | undefined => {
    if (id === undefined) return undefined;
    const authorizer = authorizers.get(id);
    if (authorizer === undefined) throw new Error(`a method points to the authorizer ${id}, which does not exist`);
    return authorizer;
  };

  const resourceAt = (id: string, path: string): ApiResource => ({
    id,
    path,
    methods: new Map(
      methods
        .filter(({ resourceId }) => resourceId === id)
        .map(({ httpMethod, authorizerId, integration }) => [httpMethod, { authorizer: authorizerOf(authorizerId), integration }] as const),
    ),
    children: new Map(
      [...resources]
        .filter(([, { parentId }]) => parentId === id)
        .map(([childId, { pathPart }]) => [pathPart, resourceAt(childId, `${path === '/' ? '' : path}/${pathPart}`)] as const),
    ),
  });

  return {
    id: api.id,
    stage: stage.name,
    stageVariables: stage.variables,
    binaryMediaTypes: api.binaryMediaTypes,
    root: resourceAt(rootResourceId(api.id), '/'),
    gatewayResponses,
  };
}
