import * as z from 'zod';
import type { LocalServices } from '../local-services.ts';
import { identifier } from '../physical-name.ts';
import { type DeclaredResource, type ResourceType, readProperties, templateBoolean, templateNumber, withoutLocalMeaning } from '../template/declared-resource.ts';
import { unknownVariables } from './gateway-response.ts';
import { GATEWAY_RESPONSE_STATUS, type GatewayResponseType } from './rest-api.ts';
import { rootResourceId } from './rest-api-parts.ts';

const ID_CHARACTERS = 10;

function opaqueId({ stackName, logicalId }: DeclaredResource): string {
  return identifier(`${stackName}/${logicalId}`, ID_CHARACTERS);
}

const RestApiProperties = z.strictObject({
  Name: z.string().optional(),
  BinaryMediaTypes: z.array(z.string()).default([]),
  Description: withoutLocalMeaning,
  EndpointConfiguration: withoutLocalMeaning,
  Tags: withoutLocalMeaning,
});

export const restApi: ResourceType<LocalServices> = {
  physicalId: opaqueId,
  attributes: { RestApiId: ({ physicalId }) => physicalId, RootResourceId: ({ physicalId }) => rootResourceId(physicalId) },
  provision(resource, { restApi: parts }) {
    const { BinaryMediaTypes } = readProperties(RestApiProperties, resource);
    if (parts.api !== undefined) throw new Error(`${resource.logicalId}: only one REST API is supported`);
    parts.api = { id: resource.physicalId, binaryMediaTypes: BinaryMediaTypes };
  },
};

const ResourceProperties = z.strictObject({ RestApiId: z.string(), ParentId: z.string(), PathPart: z.string() });

export const apiResource: ResourceType<LocalServices> = {
  physicalId: opaqueId,
  attributes: { ResourceId: ({ physicalId }) => physicalId },
  provision(resource, { restApi: parts }) {
    const { ParentId, PathPart } = readProperties(ResourceProperties, resource);
    parts.resources.set(resource.physicalId, { parentId: ParentId, pathPart: PathPart });
  },
};

const MethodSetting = z.object({ ResourcePath: z.string(), HttpMethod: z.string(), CachingEnabled: z.literal(false, 'caching is not supported').optional() });

const StageProperties = z.strictObject({
  RestApiId: z.string(),
  DeploymentId: z.string(),
  StageName: z.string(),
  Variables: z.record(z.string(), z.string()).optional(),
  CacheClusterEnabled: z.literal(false, 'caching is not supported').optional(),
  // Throttling protects an account from many callers; one machine has one. The rest is about logs.
  MethodSettings: z.array(MethodSetting).optional(),
  AccessLogSetting: withoutLocalMeaning,
  Description: withoutLocalMeaning,
  Tags: withoutLocalMeaning,
  TracingEnabled: withoutLocalMeaning,
});

export const apiStage: ResourceType<LocalServices> = {
  physicalId: ({ properties, logicalId }) => {
    const name = properties['StageName'];
    if (typeof name !== 'string') throw new Error(`the stage ${logicalId} has no name`);
    return name;
  },
  attributes: {},
  provision(resource, { restApi: parts }) {
    const { StageName, Variables } = readProperties(StageProperties, resource);
    if (parts.stage !== undefined) throw new Error(`${resource.logicalId}: only one stage is supported`);
    parts.stage = { name: StageName, variables: Variables };
  },
};

// Everything that the template declares counts as deployed: there is only the newest state here.
export const apiDeployment: ResourceType<LocalServices> = {
  physicalId: opaqueId,
  attributes: { DeploymentId: ({ physicalId }) => physicalId },
  provision: (resource) => {
    readProperties(z.strictObject({ RestApiId: z.string(), Description: withoutLocalMeaning }), resource);
  },
};

const GATEWAY_HEADER = 'gatewayresponse.header.';

const GatewayResponseProperties = z.strictObject({
  RestApiId: z.string(),
  ResponseType: z.string().refine(isResponseType, 'is not a type of gateway response'),
  StatusCode: templateNumber.optional(),
  ResponseParameters: z.record(z.string().startsWith(GATEWAY_HEADER), z.string()).default({}),
  ResponseTemplates: z
    .record(
      z.string(),
      z.string().refine((template) => unknownVariables(template).length === 0, 'uses a variable that is not supported here'),
    )
    .default({}),
});

export const gatewayResponse: ResourceType<LocalServices> = {
  physicalId: opaqueId,
  attributes: { Id: ({ physicalId }) => physicalId },
  provision(resource, { restApi: parts }) {
    const { ResponseType, StatusCode, ResponseParameters, ResponseTemplates } = readProperties(GatewayResponseProperties, resource);
    if (!isResponseType(ResponseType)) return;
    const headers = Object.entries(ResponseParameters).map(([name, expression]) => [name.slice(GATEWAY_HEADER.length), expression] as const);
    parts.gatewayResponses.set(ResponseType, { status: StatusCode, headers: Object.fromEntries(headers), templates: ResponseTemplates });
  },
};

function isResponseType(type: string): type is GatewayResponseType {
  return type in GATEWAY_RESPONSE_STATUS;
}

/** Read by the resources of methods and authorizers. */
export const optionalFalse = templateBoolean.refine((value) => !value, 'is not supported here').optional();
